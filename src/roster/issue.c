/* What is wrong, what was expected, what to do: one English sentence or two for each code; tools translate them. */
#include "sunlot.h"

const char *sunlot_issue_text(sunlot_issue_code code)
{
    switch (code) {
    case SUNLOT_ISSUE_EMPTY_FILE:
        return "The file has no header line. Write the names of the columns into its first line.";
    case SUNLOT_ISSUE_FILE_MISSING:
        return "A required file is missing. Put it into the folder under exactly this name; teachers.csv is needed only by rules about teachers.";
    case SUNLOT_ISSUE_FILE_TOO_LARGE:
        return "The file is larger than the limit. Split the draw.";
    case SUNLOT_ISSUE_FIELD_TOO_LONG:
        return "A field or line is longer than the limit in bytes. Shorten it; if the whole file is one line, save it again as CSV.";
    case SUNLOT_ISSUE_INVALID_UTF8:
        return "A byte belongs to no character. Save the file as CSV UTF-8.";
    case SUNLOT_ISSUE_NUL:
        return "The field holds a NUL byte. Save the file again as CSV UTF-8.";
    case SUNLOT_ISSUE_BARE_CR:
        return "A carriage return stands without a line feed. Save the file with the line ends of Windows or Unix.";
    case SUNLOT_ISSUE_OPEN_QUOTE:
        return "A quotation mark is opened and not closed. Close it before the end of the line.";
    case SUNLOT_ISSUE_STRAY_QUOTE:
        return "A quotation mark stands inside a field. Quote the whole field and double the mark.";
    case SUNLOT_ISSUE_RAGGED_ROW:
        return "The row has more or fewer fields than the header. Check its commas, which are half-width.";
    case SUNLOT_ISSUE_CONTROL:
        return "The field holds a line break, a control character or a direction character. Remove it.";
    case SUNLOT_ISSUE_STRAY_SPACE:
        return "The field begins or ends with a space. Remove it.";
    case SUNLOT_ISSUE_FORMULA:
        return "A spreadsheet would take the field for a formula. Let it begin with a letter or a digit.";
    case SUNLOT_ISSUE_HEADER_EMPTY:
        return "A column has no name. Name it, or delete the column.";
    case SUNLOT_ISSUE_HEADER_TWICE:
        return "Two columns have the same name, in one language or two. Rename one.";
    case SUNLOT_ISSUE_COLUMN_MISSING:
        return "A required column is missing. Add it.";
    case SUNLOT_ISSUE_VALUE_MISSING:
        return "The cell is empty. Fill it in.";
    case SUNLOT_ISSUE_TOO_MANY:
        return "There are more than the limit allows. Split the draw, or leave some out.";
    case SUNLOT_ISSUE_SEPARATOR:
        return "The columns are not separated by commas. Save the file as CSV with half-width commas between the fields.";
    case SUNLOT_ISSUE_NOT_CSV:
        return "This is no CSV file but a workbook, or text in UTF-16. Open it in Excel or WPS and save it as CSV UTF-8.";
    case SUNLOT_ISSUE_NUMBER:
        return "This is not a number as expected. Write digits, with at most three after the point and no zero in front; leave the cell of a missing score empty.";
    case SUNLOT_ISSUE_FULL_WIDTH:
        return "The number has full-width digits or signs. Write it with 0 to 9.";
    case SUNLOT_ISSUE_RANGE:
        return "The number is out of range. Correct it.";
    case SUNLOT_ISSUE_WORD:
        return "This is not one of the words expected here. Use one of them.";
    case SUNLOT_ISSUE_RULE_UNKNOWN:
        return "There is no rule of this name. Use one of those expected.";
    case SUNLOT_ISSUE_RULE_WHO:
        return "This rule is not made for them. Correct the cell below who.";
    case SUNLOT_ISSUE_RULE_COLUMN:
        return "The file has no column of this name. Name one of its columns.";
    case SUNLOT_ISSUE_RULE_VALUE:
        return "The value of the rule does not have the form expected. Write it so.";
    case SUNLOT_ISSUE_RULE_SCHOOL:
        return "The rule is for a school that does not exist, or cannot be for one school. Correct the name, or leave it empty for all.";
    case SUNLOT_ISSUE_RULE_CLASH:
        return "The rule contradicts an earlier one, whose line or value is given. Delete one of them.";
    case SUNLOT_ISSUE_RULE_MISSING:
        return "A required rule is missing. Add it.";
    case SUNLOT_ISSUE_SCORES_FORBIDDEN:
        return "Scores are forbidden in this draw, and this rule uses them. Delete the rule.";
    case SUNLOT_ISSUE_ENTROPY_SHORT:
        return "The random sources carry too few bits in all. Throw more often: 39 ten-sided or 50 six-sided dice are enough.";
    case SUNLOT_ISSUE_LOCK_REASON:
        return "The log holds no words about a child: the reason of a lock is one of a few codes. Write one of those expected, and keep the rest in your files.";
    case SUNLOT_ISSUE_ROWS_SCORES:
        return "Rows with scores would be public. Write rows auditors, so that only auditors and each family see rows; or name authority and legal ground in the rule rows.";
    case SUNLOT_ISSUE_ROWS_RARE:
        return "More than 2 in 100 students would have a public row that fewer than 5 others share. Balance fewer columns, or write rows auditors, or name authority and legal ground in the rule rows.";
    case SUNLOT_ISSUE_COLUMN_LIST:
        return "The header of this column holds a semicolon, which joins the columns of a total, so no rule can name it. Rename the column.";
    case SUNLOT_ISSUE_RULE_TOTAL:
        return "Columns joined by ; are a total: two or more different number columns, for the rules mean, deviation and band. Name other columns, or one.";
    case SUNLOT_ISSUE_ID_TWICE:
        return "The id stands here a second time; the line where it stood first is given. Give every person an id of their own.";
    case SUNLOT_ISSUE_ID_TWO_SCHOOLS:
        return "The id stands in another school too; the line where it stood first is given. Delete one row, or change the id.";
    case SUNLOT_ISSUE_SCHOOL_UNKNOWN:
        return "The school has no classes. Correct its name, or add its classes to classes.csv.";
    case SUNLOT_ISSUE_SCHOOL_EMPTY:
        return "The school has no students. Correct its name, or delete its classes.";
    case SUNLOT_ISSUE_CLASS_TWICE:
        return "The school has another class of this name. Rename one.";
    case SUNLOT_ISSUE_CLASS_UNKNOWN:
        return "The school of this student has no class of this name. Correct it.";
    case SUNLOT_ISSUE_SEATS_MIXED:
        return "Some classes of the school have seats and some none. Fill in all or none.";
    case SUNLOT_ISSUE_SEATS_SHORT:
        return "The students of the school need more seats than its classes have. Add seats, or leave all blank.";
    case SUNLOT_ISSUE_ABSENT:
        return "A score is missing. Fill it in, or say by a rule absent what a missing one counts.";
    case SUNLOT_ISSUE_TOGETHER_LARGE:
        return "Those who stay together are too many, or take more seats than any class will have. Separate them.";
    case SUNLOT_ISSUE_APART_MANY:
        return "More students are to be kept apart than there are classes. Keep fewer apart.";
    case SUNLOT_ISSUE_LIMIT_CLASH:
        return "Students who stay together may not be so many in one class by another rule. Give up one of the two.";
    case SUNLOT_ISSUE_LOCK_STUDENT:
        return "No such student is there to be locked, or another lock already names this student. Correct the id, or delete the lock.";
    case SUNLOT_ISSUE_LOCK_BREAKS:
        return "This lock breaks a rule, the seats of the class, or another lock. Take it back, or change the rule.";
    case SUNLOT_ISSUE_RECUSE_UNKNOWN:
        return "The school has no teacher with this id. Correct it, or leave the cell empty.";
    case SUNLOT_ISSUE_RECUSE_TWO:
        return "The student is already kept from the class of another teacher. Only one is possible.";
    case SUNLOT_ISSUE_SUBJECT_SUM:
        return "The classes of the teachers of a subject do not add up to the classes of the school. Correct the numbers.";
    case SUNLOT_ISSUE_HOMEROOM_COUNT:
        return "The school needs one homeroom teacher for each class. Correct the column homeroom.";
    case SUNLOT_ISSUE_TEAM:
        return "The formed teams do not have one teacher of each subject and one homeroom teacher each. Correct the labels.";
    case SUNLOT_ISSUE_IMPOSSIBLE:
        return "This rule cannot hold together with the others. Loosen one of them.";
    case SUNLOT_ISSUE_HAND:
        return "What was drawn by hand is one number for each class of the school, 1 to as many as there are, each once. Correct the list.";
    case SUNLOT_ISSUE_HAND_NUMBERS:
        return "Class numbers can be drawn by hand only where all classes of the school have equal seats and no student is locked. Draw them with the rest.";
    case SUNLOT_ISSUE_HAND_TEAMS:
        return "Teams are drawn by hand for a school that has no teachers. Add teachers.csv, or delete the rule.";
    case SUNLOT_ISSUE_LATE_THERE:
        return "A student with this id is in the draw already. Nobody is drawn twice: correct the id, or delete the row.";
    case SUNLOT_ISSUE_LATE_SEATS:
        return "The school may not have a seat for every late student, whatever the digits say. An authority has to allow seats elsewhere, or fewer come.";
    case SUNLOT_ISSUE_PARTY_ID:
        return "An id of a party or group is 1 to 32 of the characters a-z, 0-9 and -, not - at an end, and neither host nor all. Choose another one.";
    case SUNLOT_ISSUE_PARTY_KEY:
        return "This is no good minisign public key. Copy the second line of the party's public key file.";
    case SUNLOT_ISSUE_PARTY_TWICE:
        return "Another party or group has this id, or another party this key; it is given. Every party needs its own.";
    case SUNLOT_ISSUE_PARTY_UNKNOWN:
        return "No party and no group above this row has this name. Correct it, or move the row down.";
    case SUNLOT_ISSUE_QUORUM_BLOCK:
        return "The party that is given could stop the draw by itself after the digits are known. Ask for fewer signatures than all, by a group.";
    case SUNLOT_ISSUE_SOURCE_ORDER:
        return "Dice and balls come before a lottery or a drand round. Number the sources so.";
    case SUNLOT_ISSUE_ROUNDS:
        return "In two rounds every school with teachers has formed its teams beforehand, and one school has teachers. Fill in the column team, or leave out the rule rounds.";
    case SUNLOT_ISSUE_END:
        break;
    }
    return "Something unknown is wrong.";
}
