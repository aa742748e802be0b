"""The room of mixed papers (扫一叠纸): scanned in one go, sorted by case and material, and what is left of them."""
