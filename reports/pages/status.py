"""What is said of figures that may still change, or were never reported, on every page and file that holds them."""

PROVISIONAL = "未定稿，数字可能变动"
DEMONSTRATION = "演示数据，不是实际报送的数据"
