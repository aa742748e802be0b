"""The room of inquiries (咨询): a question without a case, from being asked to being settled."""
