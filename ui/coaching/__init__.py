"""The guided first case (跟着做一件): what it says and when it goes on, and the bar that shows it."""
