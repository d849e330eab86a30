"""Forms of suggestions: what citizens, officers and those who open the paper box type."""
