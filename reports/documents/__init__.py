"""Word documents: page data set as official letters are (GB/T 9704), to be edited in Word and WPS."""
