/* Every fault of the input files, with its file, line and field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/bytes.h"
#include "roster/enrolment.h"
#include "support/made_input.h"

#define R SUNLOT_FILE_RULES
#define C SUNLOT_FILE_CLASSES
#define S SUNLOT_FILE_STUDENTS
#define T SUNLOT_FILE_TEACHERS

/* ---- faults ------------------------------------------------------------------------------------------------------------------------------ */

#define RULES "balance mean deviation band together apart spread cap weight recuse fix scores absent rows mix tries draw source party group quorum hand"

typedef struct {
    sunlot_file file;
    uint32_t line;
    const char *with; /* NULL: there is no such file */
    const char *report;
} fault_case;

static const fault_case faults[] = {
    /* files and headers */
    {R, 0, NULL, "rules 0:0  101 [] []\n"},
    {C, 0, NULL, "classes 0:0  101 [] []\n"},
    {S, 0, NULL, "students 0:0  101 [] []\n"},
    {T, 0, NULL, "teachers 0:0  101 [] []\n"},
    {S, 0, "", "students 0:0  100 [] []\n"},
    {S, 1, "id,sex,math,twins,conflict,special,seats,parent,more\n", "students 1:0  115 [] [name/姓名]\n"},
    {C, 1, "class,places\n", "classes 1:0  115 [] [seats/座位]\nclasses 1:2 places 123 [places] [class seats school]\n"},
    {R, 1, "rule,who,column,value,shcool\n", "rules 1:5 shcool 123 [shcool] [rule who column value school]\n"},
    {S, 4, "s3,\"Cid,m,90,,x,yes,,\n", "students 4:2 name 107 [] []\n"},
    {S, 4, "s3,C\"id,m,90,,x,yes,,\n", "students 4:2 name 108 [] []\n"},
    {S, 4, "s3,Cid,m,90,,x,yes,\n", "students 4:9 parent 109 [8] [9]\n"},
    {S, 4, "s3,Cid,m, 90,,x,yes,,\n", "students 4:4 math 111 [ 90] []\n"},
    {S, 4, "s3,=Cid,m,90,,x,yes,,\n", "students 4:2 name 112 [=Cid] []\n"},
    {S, 4, "s3,Ci\rd,m,90,,x,yes,,\n", "students 4:2 name 106 [] []\n"},
    {S, 4, "s3,Ci\xFF,m,90,,x,yes,,\n", "students 4:2 name 104 [0xFF] []\n"},
    {S, 4, "s3,Ci\x01,m,90,,x,yes,,\n", "students 4:2 name 110 [U+0001] []\n"},
    {S, 1, "id,name,sex,math,twins,conflict,special,seats,\n", "students 1:9  113 [] []\n"},
    {S, 1, "id,name,sex,math,twins,conflict,special,seats,sex\n", "students 1:9  114 [sex] [sex]\n"},
    /* the draw */
    {R, 2, "", "rules 0:0  136 [] [draw,,district]\n"},
    {R, 2, "draw,,district,New Town,\n", "rules 2:4 value 133 [New Town] []\n"},
    {R, 2, "draw,,district,,\n", "rules 2:4 value 116 [] []\n"},
    {R, 2, "draw,,town,Example,\n",
     "rules 0:0  136 [] [draw,,district]\nrules 2:3 column 123 [town] [district year grade stage attempt date retention school rounds late page address]\n"},
    {R, 2, "draw,students,district,Example,\n", "rules 2:2 who 131 [students] []\n"},
    {R, 2, "draw,,district,Example,\ndraw,,district,Other,\n", "rules 3:4 value 135 [Other] [Example]\n"},
    {R, 3, "draw,,year,26,\n", "rules 3:4 value 133 [26] [2026]\n"},
    {R, 4, "draw,,grade,7,\ndraw,,date,2026-02-29,\n", "rules 5:4 value 133 [2026-02-29] [2026-08-31]\n"},
    {R, 4, "draw,,grade,7,\ndraw,,page,0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde,\n",
     "rules 5:4 value 133 [0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde] [SHA-256 of verify.html: 64 digits 0-9 a-f]\n"},
    {R, 4, "draw,,grade,7,\ndraw,,page,0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg,\n",
     "rules 5:4 value 133 [0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg] [SHA-256 of verify.html: 64 digits 0-9 a-f]\n"},
    {R, 4, "draw,,grade,7,\ndraw,,page,h0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,\n",
     "rules 5:4 value 133 [h0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef] [SHA-256 of verify.html: 64 digits 0-9 a-f]\n"},
    {R, 4, "draw,,grade,7,\ndraw,,address,hill.example/g7/,\n", "rules 5:4 value 133 [hill.example/g7/] [https://HOST/FOLDER/]\n"},
    {R, 4, "draw,,grade,7,\ndraw,,address,https://hill.example/g7,\n", "rules 5:4 value 133 [https://hill.example/g7] [https://HOST/FOLDER/]\n"},
    {R, 4, "draw,,grade,7,\ndraw,,address,https://hill.example/g7/?x/,\n", "rules 5:4 value 133 [https://hill.example/g7/?x/] [https://HOST/FOLDER/]\n"},
    {R, 4, "draw,,grade,7,\ndraw,,address,https://hill.example/#/,\n", "rules 5:4 value 133 [https://hill.example/#/] [https://HOST/FOLDER/]\n"},
    {R, 4, "draw,,grade,7,\ndraw,,address,ftp://hill.example/,\n", "rules 5:4 value 133 [ftp://hill.example/] [https://HOST/FOLDER/]\n"},
    {R, 4, "draw,,grade,7,\ndraw,,address,https:///,\n", "rules 5:4 value 133 [https:///] [https://HOST/FOLDER/]\n"},
    {R, 4, "draw,,grade,7,\ndraw,,address,https://,\n", "rules 5:4 value 133 [https://] [https://HOST/FOLDER/]\n"},
    {R, 4, "draw,,grade,7,\ndraw,,address,https://hill.example/a b/,\n", "rules 5:4 value 133 [https://hill.example/a b/] [https://HOST/FOLDER/]\n"},
    {R, 4, "draw,,grade,7,\ndraw,,address,https://hill.example/<x>/,\n", "rules 5:4 value 133 [https://hill.example/<x>/] [https://HOST/FOLDER/]\n"},
    {R, 4, "draw,,grade,7,\ndraw,,attempt,100,\n", "rules 5:4 value 122 [100] [1-99]\n"},
    {R, 4, "", "rules 0:0  136 [] [draw,,grade]\n"},
    {R, 6, "", "rules 0:0  138 [0] [≥ 128]\n"},
    {R, 6, "source,,1,d10 38; a; b; c,\n", "rules 6:4 value 138 [126.198] [≥ 128]\n"},
    {R, 6, "source,,2,d10 39; a; b; c,\n", "rules 0:0  136 [] [source,,1]\n"},
    {R, 6, "source,,1,d10 39; a; b,\n", "rules 6:4 value 133 [d10 39; a; b] [d10 39; HOLDER; CROOKED; SUBSTITUTE]\n"},
    {R, 6, "source,,1,d10 39; a; ; c,\n", "rules 6:4 value 133 [d10 39; a; ; c] [d10 39; HOLDER; CROOKED; SUBSTITUTE]\n"},
    {R, 6, "source,,1,d10 39; a; =b; c,\n", "rules 6:4 value 112 [=b] [d10 39; HOLDER; CROOKED; SUBSTITUTE]\n"},
    {R, 6, "source,,1,d12 39; a; b; c,\n", "rules 6:4 value 133 [d12 39; a; b; c] [d10 39; HOLDER; CROOKED; SUBSTITUTE]\n"},
    {R, 6, "source,,1,d10 513; a; b; c,\n", "rules 6:4 value 122 [d10 513; a; b; c] [1-512]\n"},
    {R, 6, "source,,17,d10 39; a; b; c,\n", "rules 0:0  138 [0] [≥ 128]\nrules 6:3 column 122 [17] [1-16]\n"},
    {R, 6, "source,,1,d10 39; a; b; c,\nsource,,1,d10 40; a; b; c,\n", "rules 7:4 value 135 [d10 40; a; b; c] [d10 39; a; b; c]\n"},
    {R, 7, "rows,,,auditors; a,\n", "rules 7:4 value 133 [auditors; a] [auditors, or public; AUTHORITY; GROUND]\n"},
    {R, 7, "rows,,,public; a,\n", "rules 7:4 value 133 [public; a] [auditors, or public; AUTHORITY; GROUND]\n"},
    {R, 7, "rows,,,public,Hill\n", "rules 7:5 school 134 [Hill] []\n"},
    {R, 20, "mix,,,0,\n", "rules 20:4 value 122 [0] [1-100000]\n"},
    {R, 20, "mix,,,５０００,\n", "rules 20:4 value 121 [５０００] [1-100000]\n"},
    {R, 20, "mix,,x,5000,\n", "rules 20:3 column 132 [x] []\n"},
    {R, 21, "tries,,,many,\n", "rules 21:4 value 120 [many] [1-256]\n"},
    {R, 22, "tries,,,71,\n", "rules 22:4 value 135 [71] [70]\n"},
    {R, 22, "scores,,,allowed,\n",
     "rules 9:1 rule 137 [mean] []\nrules 10:1 rule 137 [absent] []\nrules 11:1 rule 137 [band] []\nrules 22:4 value 133 [allowed] [forbidden]\n"},
    {R, 22, "scores,,,forbidden,\n", "rules 9:1 rule 137 [mean] []\nrules 10:1 rule 137 [absent] []\nrules 11:1 rule 137 [band] []\n"},
    /* rules about columns */
    {R, 22, "balanced,students,sex,,\n", "rules 22:1 rule 130 [balanced] [" RULES "]\n"},
    {R, 22, ",students,sex,,\n", "rules 22:1 rule 116 [] [" RULES "]\n"},
    {R, 8, "balance,,sex,,\n", "rules 8:2 who 131 [] [students teachers]\n"},
    {R, 8, "balance,pupils,sex,,\n", "rules 8:2 who 123 [pupils] [students teachers]\n"},
    {R, 12, "together,teachers,twins,,\n", "rules 12:2 who 131 [teachers] [students]\n"},
    {R, 8, "balance,students,gender,,\n", "rules 8:3 column 132 [gender] [id name sex math twins conflict special seats parent]\n"},
    {R, 8, "balance,students,,,\n", "rules 8:3 column 116 [] []\n"},
    {R, 8, "balance,students,sex,1,\n", "rules 8:4 value 133 [1] []\n"},
    {R, 8, "balance,students,sex,,Dale\n", "rules 8:5 school 134 [Dale] []\n"},
    {R, 9, "mean,students,math,,\n", "rules 9:4 value 133 [] [0.5 1 2]\n"},
    {R, 9, "mean,students,math,2 1,\n", "rules 9:4 value 133 [2 1] [0.5 1 2]\n"},
    {R, 9, "mean,students,math,0,\n", "rules 9:4 value 122 [0] [0.5 1 2]\n"},
    {R, 9, "mean,students,math,1 2 3 4 5 6 7 8 9,\n", "rules 9:4 value 133 [1 2 3 4 5 6 7 8 9] [0.5 1 2]\n"},
    {R, 9, "mean,students,math,０.5,\n", "rules 9:4 value 121 [０.5] []\n"},
    {R, 9, "mean,students,math,0.0005,\n", "rules 9:4 value 120 [0.0005] []\n"},
    {R, 10, "absent,students,math,none,\n", "rules 10:4 value 120 [none] []\n"},
    {R, 11, "band,students,math,17,\n", "rules 11:4 value 122 [17] [2-16]\n"},
    {R, 11, "band,students,math,best 3,\n", "rules 11:4 value 133 [best 3] [4, top 20, last 20]\n"},
    {R, 15, "cap,students,special,yes,\n", "rules 15:4 value 133 [yes] [VALUE 2]\n"},
    {R, 15, "cap,students,special,yes 0,\n", "rules 15:4 value 122 [yes 0] [1-4096]\n"},
    /* rules against each other */
    {R, 22, "balance,students,sex,,Hill\n", "rules 22:3 column 135 [sex] [8]\n"},
    {R, 22, "balance,students,math,,\n", "rules 22:3 column 135 [math] [9]\n"},
    {R, 22, "mean,students,math,3,\n", "rules 22:3 column 135 [math] [9]\n"},
    {R, 22, "absent,students,math,0,Hill\n", "rules 22:3 column 135 [math] [10]\n"},
    {R, 22, "weight,students,special,,\n",
     "rules 22:3 column 135 [special] [16]\nstudents 4:7 special 120 [yes] [0-3]\nstudents 5:7 special 120 [yes] [0-3]\n"},
    {R, 22, "absent,teachers,classes,0,\n", "rules 22:3 column 136 [classes] [mean, deviation, band]\n"},
    {R, 22, "absent,students,seats,0,\n", "rules 22:3 column 136 [seats] [mean, deviation, band]\n"},
    /* totals and deviations */
    {R, 22, "deviation,students,math,,\n", "rules 22:4 value 133 [] [0.5 1 2]\n"},
    {R, 22, "deviation,students,math,2 1,\n", "rules 22:4 value 133 [2 1] [0.5 1 2]\n"},
    {R, 22, "deviation,students,math,-1,\n", "rules 22:4 value 122 [-1] [0.5 1 2]\n"},
    {R, 22, "deviation,,math,1,\n", "rules 22:2 who 131 [] [students teachers]\n"},
    {R, 22, "deviation,students,math,1,\ndeviation,students,math,2,Hill\n", "rules 23:3 column 135 [math] [22]\n"},
    {R, 22, "deviation,students,sex,1,\n", "rules 22:3 column 135 [sex] [8]\n"},
    {R, 22, "mean,students,math;gender,1,\n", "rules 22:3 column 132 [gender] [id name sex math twins conflict special seats parent]\n"},
    {R, 22, "mean,students,math; math,1,\n", "rules 22:3 column 143 [math; math] []\n"},
    {R, 22, "mean,students,math;,1,\n", "rules 22:3 column 143 [math;] []\n"},
    {R, 22, "band,students,;math,2,\n", "rules 22:3 column 143 [;math] []\n"},
    {R, 22, "deviation,students,math；；seats,2,\n", "rules 22:3 column 143 [math；；seats] []\n"},
    {R, 22, "balance,students,sex;special,,\n", "rules 22:3 column 143 [sex;special] []\n"},
    {R, 22, "absent,students,math;seats,0,\n", "rules 22:3 column 143 [math;seats] []\n"},
    {R, 22, "apart,students,twins;conflict,,\n", "rules 22:3 column 143 [twins;conflict] []\n"},
    {R, 22, "mean,students,seats;math,1,\nmean,students,math；seats,2,\n", "rules 23:3 column 135 [math；seats] [22]\n"},
    {R, 22, "mean,students,math;special,1,\nbalance,students,special,,\n",
     "rules 23:3 column 135 [special] [22]\n"
     "students 4:7 special 120 [yes] []\nstudents 5:7 special 120 [yes] []\n"},
    {R, 22, "mean,students,math;seats,1,\n",
     "students 2:8 seats 158 [] []\nstudents 4:8 seats 158 [] []\nstudents 5:8 seats 158 [] []\n"
     "students 7:8 seats 158 [] []\n"},
    /* schools and classes */
    {C, 0, "school,class,seats\nHill,1,4\nHill,2,4\nDale,1,4\n", "students 1:0  115 [] [school/学校]\nteachers 1:0  115 [] [school/学校]\n"},
    {C, 0, "school,class,seats\nDale,1,4\nDale,2,4\n",
     "rules 11:5 school 134 [Hill] []\nstudents 1:0  115 [] [school/学校]\nteachers 1:0  115 [] [school/学校]\n"},
    {C, 0, "school,class,seats\nHill,1,4\n,2,4\n", "classes 3:1 school 116 [] []\n"},
    {C, 0, "class,seats\n1,4\n1,4\n", "classes 3:1 class 154 [1] []\n"},
    {C, 0, "class,seats\n1,4\n,4\n", "classes 3:1 class 116 [] []\n"},
    {C, 0, "class,seats\n1,4\n2,\n", "classes 3:2 seats 156 [] []\n"},
    {C, 0, "class,seats\n1,4\n2,4097\n", "classes 3:2 seats 122 [4097] [1-4096]\n"},
    {C, 0, "class,seats\n1,4\n2,four\n", "classes 3:2 seats 120 [four] [1-4096]\n"},
    {C, 0, "class,seats\n1,4\n2,2\n", "classes 2:2 seats 157 [7] [6]\n"},
    /* students */
    {S, 4, "s1,Cid,m,90,,x,yes,,\n", "students 4:1 id 150 [s1] [2]\n"},
    {S, 4, ",Cid,m,90,,x,yes,,\n", "students 4:1 id 116 [] []\n"},
    {S, 4, "s3,Cid,m,9O,,x,yes,,\n", "students 4:4 math 120 [9O] []\n"},
    {S, 4, "s3,Cid,m,９０,,x,yes,,\n", "students 4:4 math 121 [９０] []\n"},
    {S, 4, "s3,Cid,m,1000000,,x,yes,,\n", "students 4:4 math 122 [1000000] []\n"},
    {R, 10, "", "students 3:4 math 158 [] []\n"},
    {S, 7, "s6,-3.50,-3.50,-3.50,,,,,\n", "students 7:2 name 112 [-3.50] []\nstudents 7:3 sex 112 [-3.50] []\n"},
    {S, 3, "s2,Bob,m,,a,,,4,\n", "students 3:8 seats 122 [4] [0-3]\n"},
    {S, 3, "s2,Bob,m,,a,,,1.5,\n", "students 3:8 seats 120 [1.5] [0-3]\n"},
    {S, 5, "s4,Dee,f,71,,x;y,yes,,t9\n", "students 5:9 parent 164 [t9] []\n"},
    {R, 22, "recuse,students,sex,,\n",
     "students 2:3 sex 164 [f] []\nstudents 3:3 sex 164 [m] []\nstudents 4:3 sex 164 [m] []\nstudents 5:3 sex 164 [f] []\n"
     "students 6:3 sex 164 [f] []\nstudents 7:3 sex 164 [m] []\n"},
    {S, 0, "id,name,sex,math,twins,conflict,special,seats,parent\ns1,Ann,f,87,a,,,,\ns2,Bob,f,80,a,,,2,\ns3,Cid,f,90,a,,,3,\ns5,Eve,f,65,,,,1,\n",
     "classes 2:2 seats 157 [10] [8]\n"},
    {S, 0, "id,name,sex,math,twins,conflict,special,seats,parent\ns1,Ann,f,87,a,,,,\ns2,Bob,f,80,a,,,2,\ns5,Eve,m,65,,,,1,\n",
     "students 3:5 twins 159 [a] [≤ 3]\n"},
    {S, 0, "id,name,sex,math,twins,conflict,special,seats,parent\ns1,Ann,f,87,,,,3,\ns5,Bob,f,80,,,,,\n", "students 2:8 seats 159 [3] [≤ 3]\n"},
    {S, 0,
     "id,name,sex,math,twins,conflict,special,seats,parent\ns1,A,f,8,a,,,,\ns2,B,f,8,a,,,,\ns3,C,f,9,a,,,,\ns4,D,f,6,a,,,,\ns5,E,f,6,a,,,,\ns6,F,f,6,a,,,,\n",
     "students 6:5 twins 159 [a] [≤ 4]\n"},
    {S, 6, "s5,Eve,f,65.125,,x,,1,\n", "students 6:6 conflict 160 [x] [≤ 2]\n"},
    {S, 2, "s1,Ann,f,87.50,a,q,,,\ns7,Gus,f,1,a,q,,,\n", "students 3:6 conflict 161 [q] [≤ 1]\n"},
    {R, 15, "cap,students,sex,m 1,\n", "rules 15:4 value 169 [3] [2]\n"},
    {S, 0, "id,name,sex,math,twins,conflict,special,seats,parent\ns1,A,f,8,a,,,,\ns5,B,m,8,,,,,\ns3,C,m,9,,,,,\ns2,D,f,6,a,,,,\ns4,E,m,6,,,,,\ns6,F,m,6,,,,,\n",
     "students 2:3 sex 169 [sex=f] [≤ 1]\n"},
    /* locks */
    {R, 18, "fix,students,s5,2; doctor's letter; Example Office,\n", "rules 18:4 value 139 [doctor's letter] [order family room other]\n"},
    {R, 18, "fix,students,s9,2; order; Example Office,\n", "rules 18:3 column 162 [s9] []\n"},
    {R, 18, "fix,students,s5,3; order; Example Office,\n", "rules 18:4 value 155 [3] []\n"},
    {R, 18, "fix,students,s5,2; order,\n", "rules 18:4 value 133 [2; order] [CLASS; REASON; AUTHORITY]\n"},
    {R, 18, "fix,students,,2; order; Example Office,\n", "rules 18:3 column 116 [] []\n"},
    {R, 18, "fix,students,s5,2; order; Example Office,Dale\n", "rules 18:3 column 162 [s5] []\n"},
    {R, 18, "fix,students,s5,2; order; Example Office,\nfix,students,s5,1; order; Example Office,\n", "rules 19:3 column 162 [s5] []\n"},
    {R, 18, "fix,students,s1,2; order; b,\nfix,students,s2,1; order; b,\n", "rules 19:4 value 163 [1] [2]\n"},
    {R, 18, "fix,students,s3,2; order; b,\nfix,students,s4,2; order; b,\n", "rules 19:4 value 163 [x;y] [≤ 1]\n"},
    {R, 18, "fix,students,s2,1; order; b,\nfix,students,s3,1; order; b,\nfix,students,s6,1; order; b,\n", "rules 20:4 value 163 [sex=m] [≤ 2]\n"},
    {R, 18, "fix,students,s1,2; order; b,\nfix,students,s5,2; order; b,\n", "rules 19:4 value 163 [2] [≤ 3]\n"},
    /* teachers */
    {T, 2, "t1,Fox,maths,1,,a\n", "teachers 2:5 homeroom 167 [1] [2]\n"},
    {T, 2, "t1,Fox,maths,1,maybe,a\n", "teachers 2:5 homeroom 123 [maybe] [yes no]\n"},
    {T, 2, "t1,Fox,maths,2,yes,a\n", "teachers 2:4 classes 166 [maths 3] [2]\n"},
    {T, 2, "t1,Fox,maths,3,yes,a\n", "teachers 2:4 classes 122 [3] [1-2]\n"},
    {T, 2, "t1,Fox,maths,,yes,a\n", "teachers 2:4 classes 116 [] [1-2]\n"},
    {T, 2, "t1,Fox,,1,yes,a\n", "teachers 2:3 subject 116 [] []\n"},
    {T, 3, "t1,Gil,maths,1,,b\n", "teachers 3:1 id 150 [t1] [2]\n"},
    {T, 4, "t3,Hal,music,2,yes,a\n", "students 5:9 parent 169 [t3] []\nteachers 4:4 classes 166 [music 3] [2]\n"},
    {T, 0, "id,name,subject,classes,homeroom,degree,team\nt1,,maths,1,yes,a,b\nt2,,maths,1,,b,a\nt3,,music,1,yes,a,a\nt4,,music,1,no,b,\n",
     "teachers 5:7 team 168 [] []\n"},
    {T, 0, "id,name,subject,classes,homeroom,degree,team\nt1,,maths,1,yes,a,b\nt2,,maths,1,,b,b\nt3,,music,1,yes,a,a\nt4,,music,1,no,b,b\n",
     "teachers 3:7 team 168 [b] []\n"},
    {T, 0, "id,name,subject,classes,homeroom,degree,team\nt1,,maths,1,yes,a,b\nt2,,maths,1,,b,a\nt3,,music,1,yes,a,b\nt4,,music,1,no,b,a\n",
     "teachers 4:7 team 168 [b] []\n"},
    {T, 0, "id,name,subject,classes,homeroom,degree,team\nt1,,maths,1,yes,a,b;a\nt2,,maths,1,,b,a\nt3,,music,1,yes,a,a\nt4,,music,1,no,b,b\n",
     "teachers 2:7 team 168 [b;a] []\n"},
    {T, 0, "id,name,subject,classes,homeroom,degree,team\nt1,,maths,1,yes,a,b\nt2,,maths,1,,b,c\nt3,,music,1,yes,a,a\nt4,,music,1,no,b,b\n",
     "teachers 4:7 team 168 [a] []\n"},
    /* slots drawn by hand */
    {R, 22, "hand,,numbers,2 1,\n", "rules 22:3 column 176 [numbers] [Hill]\n"},
    {R, 22, "hand,,teams,2 2,\n", "rules 22:4 value 175 [2 2] [1-2]\n"},
    {R, 22, "手抽,,教师组,1 2 3,\n", "rules 22:4 value 175 [1 2 3] [1-2]\n"},
    {R, 22, "hand,,teams,,\n", "rules 22:4 value 175 [] [1-2]\n"},
    {R, 22, "hand,,teams,1 2,Dale\n", "rules 22:5 school 134 [Dale] []\n"},
    {R, 22, "hand,students,teams,1 2,\n", "rules 22:2 who 131 [students] []\n"},
    {R, 22, "hand,,rooms,1 2,\n", "rules 22:3 column 123 [rooms] [numbers teams]\n"},
    {R, 22, "hand,,teams,1 2,\nhand,,teams,2 1,Hill\n", "rules 23:4 value 135 [2 1] [1 2]\n"},
};

static bool seen[SUNLOT_ISSUE_END];

static void note_codes(const made_report *report)
{
    for (int code = 0; code < SUNLOT_ISSUE_END; code++) seen[code] = seen[code] || report->seen[code];
}

static void test_faults(void **state)
{
    (void)state;
    static made_report report;
    uint32_t wrong = 0;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        const fault_case *f = &faults[i];
        const char *file[SUNLOT_FILE_COUNT];
        sunlot_enrolment *e = NULL;
        memcpy(file, made_input, sizeof file);
        char *text = f->with == NULL ? NULL : made_input_replace(file[f->file], f->line, f->with);
        file[f->file] = text;
        const sunlot_err err = made_input_read(&e, file, &report);
        free(text);
        note_codes(&report);
        if (strcmp(report.text, f->report) != 0 || err != SUNLOT_ERR_INPUT || e != NULL) {
            print_message("case %zu: %s\n  is: %s\n  should: %s\n", i, f->with, report.text, f->report);
            wrong++;
        }
        if (e != NULL) sunlot_enrolment_free(e);
    }
    assert_int_equal(wrong, 0);
    assert_int_equal(sunlot_alloc_live(), 0);
}

/* ---- faults of a district ------------------------------------------------------------------------------------------------------------------ */

#define HEAD     "rule,who,column,value,school\ndraw,,district,E,\ndraw,,year,2026,\ndraw,,grade,1,\nsource,,1,d10 39;a;b;c,\n" /* 5 lines */
#define CLASSES  "school,class,seats\nA,1,\nA,2,\nB,1,\nB,2,\n"
#define PEOPLE   "school,id,name,x,y\n"
#define TEACHERS "school,id,name,subject,classes,homeroom\n"
#define STAFF    TEACHERS "A,t1,,maths,1,yes\nA,t2,,maths,1,yes\nB,t3,,maths,1,yes\nB,t4,,maths,1,yes\n"

static void test_district_faults(void **state)
{
    (void)state;
    static const struct {
        const char *file[SUNLOT_FILE_COUNT];
        const char *report;
    } cases[] = {
        {{HEAD, CLASSES, PEOPLE "A,1,,,\nB,1,,,\nA,1,,,\nB,2,,,\n", NULL}, "students 3:2 id 151 [1] [2]\nstudents 4:2 id 150 [1] [2]\n"},
        {{HEAD, CLASSES, PEOPLE "A,1,,,\nC,2,,,\n,3,,,\nB,4,,,\n", NULL}, "students 3:1 school 152 [C] []\nstudents 4:1 school 116 [] []\n"},
        {{HEAD, CLASSES, PEOPLE "A,1,,,\nA,2,,,\n", NULL}, "classes 4:1 school 153 [B] []\n"},
        {{HEAD "hand,,teams,2 1,B\n", CLASSES, PEOPLE "A,1,,,\nB,2,,,\n", NULL}, "rules 6:3 column 177 [teams] [B]\n"},
        {{HEAD "hand,,numbers,2 1,\n", "school,class,seats\nA,1,2\nA,2,3\nB,1,2\nB,2,2\n", PEOPLE "A,1,,,\nB,2,,,\n", NULL},
         "rules 6:3 column 176 [numbers] [A]\n"},
        {{HEAD, "class,seats\n1,\n", PEOPLE "A,1,,,\nB,2,,,\n", NULL}, "classes 1:0  115 [] [school/学校]\n"},
        {{HEAD "recuse,students,x,,\nrecuse,students,y,,\n", CLASSES, PEOPLE "A,1,,t1,t2\nA,2,,t1,t1\nB,3,,t1,\nB,4,,,\n", STAFF},
         "students 2:5 y 165 [t2] [t1]\nstudents 4:4 x 164 [t1] []\n"},
        {{HEAD "recuse,students,x,,\n", CLASSES, PEOPLE "A,1,,t1,t2\nB,4,,,\n", NULL}, "teachers 0:0  101 [] []\n"},
        {{HEAD, CLASSES, PEOPLE "A,1,,,\nB,4,,,\n", TEACHERS "A,t1,,maths,2,yes\nB,t1,,maths,1,yes\nB,t3,,maths,1,yes\n"},
         "teachers 2:6 homeroom 167 [1] [2]\nteachers 3:2 id 151 [t1] [2]\n"},
        {{HEAD "mean,students,x,1,A\nabsent,students,x,0,\n", CLASSES, PEOPLE "A,1,,5,\nB,2,,,\n", NULL}, "rules 7:3 column 136 [x] [mean, deviation, band]\n"},
        {{HEAD "mean,students,x;y,1,A\nabsent,students,y,0,\n", CLASSES, PEOPLE "A,1,,5,\nB,2,,,\n", NULL},
         "rules 7:3 column 136 [y] [mean, deviation, band]\n"},
        /* a header that cannot be named */
        {{HEAD "spread,students,x;y,,\nmean,students,z；w,1,\nband,students,x;y,2,A\nmean,students,x;y; y,2,A\n", CLASSES,
          "school,id,name,x;y,y,z；w\nA,1,,1,1,1\nB,2,,2,2,2\n", NULL},
         "rules 6:3 column 142 [x;y] []\nrules 7:3 column 142 [z；w] []\nrules 8:3 column 142 [x;y] []\nrules 9:3 column 132 [x] [school id name x;y y z；w]\n"},
        {{HEAD "balance,students,s\xE2\x80\xAEx,,\n", CLASSES, "school,id,name,s\xE2\x80\xAEx\nA,1,,1\nB,2,,2\n", NULL},
         "rules 6:3 column 110 [U+202E] []\nstudents 1:4  110 [U+202E] []\n"},
        {{HEAD "fix,,2,1;order;b,A\nfix,,1,3;order;b,A\n", CLASSES, PEOPLE "A,1,,,\nB,2,,,\n", NULL},
         "rules 6:3 column 162 [2] []\nrules 7:4 value 155 [3] []\n"},
        {{HEAD "spread,,x,,\nbalance,students,z,,\n", CLASSES, PEOPLE "A,1,,,\nB,2,,,\n", NULL}, "rules 7:3 column 132 [z] [school id name x y]\n"},
        /* several at once, in order */
        {{HEAD "cap,,x,q,\n", CLASSES "B,2,\n", PEOPLE "A,1,\nA, 2,,,\nD,3,,,\n", NULL},
         "rules 6:4 value 133 [q] [VALUE 2]\nclasses 6:2 class 154 [2] []\nstudents 2:4 x 109 [3] [5]\nstudents 3:2 id 111 [ 2] []\nstudents 4:1 school 152 [D] []\n"},
    };
    static made_report report;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sunlot_enrolment *e = NULL;
        assert_int_equal(made_input_read(&e, cases[i].file, &report), SUNLOT_ERR_INPUT);
        assert_string_equal(report.text, cases[i].report);
        note_codes(&report);
    }
    assert_int_equal(sunlot_alloc_live(), 0);
}

/* ---- limits ------------------------------------------------------------------------------------------------------------------------------------ */

/* Text with %u in it, for the numbers from … to - 1, appended. */
static void add_many(char **text, size_t *n, const char *format, uint32_t from, uint32_t to)
{
    *text = realloc(*text, *n + (size_t)(to - from) * (strlen(format) + 40) + 1);
    assert_non_null(*text);
    (*text)[*n] = 0;
    for (uint32_t i = from; i < to; i++) {
        char number[16];
        (void)snprintf(number, sizeof number, "%u", (unsigned)i);
        for (const char *p = format; *p != 0; p++) {
            if (*p == '#')
                strcpy(*text + *n, number);
            else
                (*text)[*n] = *p, (*text)[*n + 1] = 0;
            *n += strlen(*text + *n);
        }
    }
}

typedef struct {
    const char *start, *repeat; /* # is the number */
    uint32_t count;
    const char *end;
} long_text;

static void test_limits(void **state)
{
    (void)state;
    static const struct {
        long_text file[SUNLOT_FILE_COUNT];
        const char *report; /* one more than here is good */
    } cases[] = {
        {{{HEAD, "", 0, ""}, {"school,class,seats\n", "A,#,\n", 129, ""}, {PEOPLE, "A,#,,,\n", 129, ""}, {0}}, "classes 130:0  117 [129] [128]\n"},
        {{{HEAD, "", 0, ""}, {"school,class,seats\nA,1,\n", "", 0, ""}, {PEOPLE, "A,#,,,\n", 4097, ""}, {0}}, "students 4098:0  117 [4097] [4096]\n"},
        {{{HEAD, "", 0, ""}, {"school,class,seats\nA,1,\n", "", 0, ""}, {PEOPLE "A,1,,,\n", "", 0, ""}, {TEACHERS, "A,t#,,s#,1,\n", 32, "A,x,,y,1,yes\n"}},
         "teachers 34:4 subject 117 [33] [32]\n"},
        {{{HEAD "balance,students,x,,\n", "", 0, ""}, {"school,class,seats\nA,1,\n", "", 0, ""}, {PEOPLE, "A,#,,v#,\n", 513, ""}, {0}},
         "rules 6:3 column 117 [513] [512]\n"},
        {{{HEAD "balance,students,x,,\nbalance,students,y,,\n", "", 0, ""}, {"school,class,seats\nA,1,\n", "", 0, ""}, {PEOPLE, "A,#,,v#,v#\n", 257, ""}, {0}},
         "classes 2:0  117 [A] [too many counted values in a school]\n"},
        {{{HEAD, "balance,students,c#,,\n", 17, ""}, {"class,seats\n1,\n", "", 0, ""}, {"id,name", ",c#", 17, "\n1,,,,,,,,,,,,,,,,,,\n"}, {0}},
         "rules 22:3 column 117 [17] [16]\n"},
        {{{HEAD "mean,students,c0;c1,1,\n", "mean,students,c#,1,\ndeviation,students,c#,1,\n", 16, ""},
          {"class,seats\n1,\n", "", 0, ""},
          {"id,name", ",c#", 16, "\n1,,,,,,,,,,,,,,,,,\n"},
          {0}},
         "rules 38:3 column 117 [33] [32]\n"},
        {{{HEAD "mean,students,c16", ";c#", 16, ",1,\n"}, {"class,seats\n1,\n", "", 0, ""}, {"id,name,c16", ",c#", 16, "\n1,,,,,,,,,,,,,,,,,,\n"}, {0}},
         "rules 6:3 column 117 [17] [16]\n"},
        {{{HEAD, "apart,students,c#,,\n", 1, ""},
          {"class,seats\n1,\n2,\n", "", 0, ""},
          {"id,name,c0\n1,,", "v#;", 17,
           "\n2,,v0\n3,,v1\n4,,v2\n5,,v3\n6,,v4\n7,,v5\n8,,v6\n9,,v7\n10,,v8\n11,,v9\n12,,v10\n13,,v11\n14,,v12\n15,,v13\n16,,v14\n17,,v15\n18,,v16\n"},
          {0}},
         "students 2:3 c0 117 [v0;v1;v2;v3;v4;v5;v6;v7;v8;v9;v10;v11;v12;v13;v14;v15;v16;] [≤ 16]\n"},
        {{{HEAD, "spread,students,name,,#\n", 1025, ""}, {"school,class,seats\n", "#,1,\n", 1025, ""}, {"school,id,name\n", "#,#,x\n", 1025, ""}, {0}},
         "rules 1:0  117 [1025] [1024]\n"},
    };
    static made_report report;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *file[SUNLOT_FILE_COUNT];
        char *text[SUNLOT_FILE_COUNT] = {NULL};
        for (int f = 0; f < SUNLOT_FILE_COUNT; f++) {
            const long_text *from = &cases[i].file[f];
            size_t n = 0;
            if (from->start != NULL) {
                add_many(&text[f], &n, from->start, 0, 1);
                add_many(&text[f], &n, from->repeat, 0, from->count);
                add_many(&text[f], &n, from->end, 0, 1);
            }
            file[f] = text[f];
        }
        sunlot_enrolment *e = NULL;
        assert_int_equal(made_input_read(&e, file, &report), SUNLOT_ERR_INPUT);
        assert_string_equal(report.text, cases[i].report);
        note_codes(&report);
        for (int f = 0; f < SUNLOT_FILE_COUNT; f++) free(text[f]);
    }
    assert_int_equal(sunlot_alloc_live(), 0);
}

/* ---- publishing -------------------------------------------------------------------------------------------------------------------------------- */

static void expect_publishable(const char *const *file, const char *expected)
{
    static made_report report;
    static const sunlot_master master = {{7}};
    sunlot_enrolment *e = NULL;
    sunlot_roster *r = NULL;
    assert_int_equal(made_input_read(&e, file, &report), SUNLOT_OK);
    assert_int_equal(sunlot_roster_new(&r, e, SUNLOT_REHEARSAL, &master, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_enrolment_publishable(e, r, made_report_add, &report), *expected == 0 ? SUNLOT_OK : SUNLOT_ERR_INPUT);
    assert_string_equal(report.text, expected);
    note_codes(&report);
    sunlot_roster_free(r);
    sunlot_enrolment_free(e);
    assert_int_equal(sunlot_alloc_live(), 0);
}

static void test_publishable(void **state)
{
    (void)state;
    const char *file[SUNLOT_FILE_COUNT];
    memcpy(file, made_input, sizeof file);
    expect_publishable(file, "");
    char *rules = made_input_replace(made_input[R], 7, "");
    file[R] = rules;
    expect_publishable(file, "rules 8:3 column 140 [math] []\nrules 10:3 column 140 [math] []\nstudents 0:0  141 [6] [≤ 0]\n");
    free(rules);
    rules = made_input_replace(made_input[R], 20, "mix,,,999,\ntries,,,63,\n");
    char *more = made_input_replace(rules, 22, "");
    file[R] = more;
    expect_publishable(file, "rules 20:4 value 122 [999] [≥ 1000]\nrules 21:4 value 122 [63] [≥ 64]\n");
    free(more);
    free(rules);
    static const char *const spread[SUNLOT_FILE_COUNT] = {HEAD "deviation,students,x;y,9,\n", "class,seats\n1,\n",
                                                          "id,name,x,y\n1,,1,2\n2,,1,2\n3,,1,2\n4,,1,2\n5,,1,2\n6,,1,2\n", NULL};
    expect_publishable(spread, "rules 6:3 column 140 [x;y] []\n");
    /* 6 equal rows are not rare; of 300 students 6 are 2 in 100. */
    static const char *const plain[SUNLOT_FILE_COUNT] = {HEAD "balance,students,x,,\n", "class,seats\n1,\n", "id,name,x\n1,,\n2,,\n3,,\n4,,\n5,,\n6,,\n", NULL};
    expect_publishable(plain, "");
    static const char *const five[SUNLOT_FILE_COUNT] = {HEAD, "class,seats\n1,\n", "id,name\n1,\n2,\n3,\n4,\n5,\n", NULL};
    expect_publishable(five, "students 0:0  141 [5] [≤ 0]\n");
}

/* ---- every code ---------------------------------------------------------------------------------------------------------------------------------- */

/* Each code has a sentence of its own and was reported above, but those of files that test_csv_file reads, and what only
 * the tools see (tests/cli/test_input.sh). */
static void test_codes(void **state)
{
    (void)state;
    const char *unknown = sunlot_issue_text((sunlot_issue_code)0);
    static const int elsewhere[] = {SUNLOT_ISSUE_FILE_TOO_LARGE, SUNLOT_ISSUE_FIELD_TOO_LONG, SUNLOT_ISSUE_NUL,       SUNLOT_ISSUE_SEPARATOR,
                                    SUNLOT_ISSUE_NOT_CSV,        SUNLOT_ISSUE_LATE_THERE,     SUNLOT_ISSUE_LATE_SEATS};
    for (int code = SUNLOT_ISSUE_PARTY_ID; code <= SUNLOT_ISSUE_ROUNDS; code++) seen[code] = true; /* tests/test_parties_file.c */
    uint32_t codes = 0;
    assert_string_equal(sunlot_issue_text(SUNLOT_ISSUE_END), unknown);
    for (int code = 1; code < SUNLOT_ISSUE_END; code++) {
        const char *text = sunlot_issue_text((sunlot_issue_code)code);
        if (strcmp(text, unknown) == 0) continue;
        codes++;
        for (int other = 1; other < code; other++)
            assert_string_not_equal(text, strcmp(sunlot_issue_text((sunlot_issue_code)other), unknown) == 0 ? "" : sunlot_issue_text((sunlot_issue_code)other));
        for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) seen[elsewhere[i]] = true;
        if (!seen[code]) print_message("code %d was never reported\n", code);
        assert_true(seen[code]);
    }
    assert_int_equal(codes, 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults),      cmocka_unit_test(test_district_faults), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_publishable), cmocka_unit_test(test_codes),
    };
    return cmocka_run_group_tests_name("enrolment_faults", tests, NULL, NULL);
}
