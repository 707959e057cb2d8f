"""What is said of figures on every page and file that holds them: that they may change, or how they are counted."""

PROVISIONAL = "未定稿，数字可能变动"
DEMONSTRATION = "演示数据，不是实际报送的数据"
COUNTS_ROUNDED = "按家、个计的指标，序时应达数取整，不足 1 的舍去"
"""Why a count may be on pace and below its share of the year at once (domain.md section 4)."""
