"""Plans as data: Zhongshan's tables against its printed text, and the small plan of an invented city."""
