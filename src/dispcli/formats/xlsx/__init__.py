"""XLSX spreadsheets as tables, read as they come: a sheet of any size takes the memory of one row.

A workbook is a zip file of XML, and 1 MB of it can unpack to 1 GB. So the number of its parts, their unpacked
size, the columns and rows of a sheet and the length of one row have limits. XML with a document type is
refused, so there are no entities to blow up.
"""
