"""Intake (收件受理): applicant, form, materials and the receipt as it will print, on one screen."""
