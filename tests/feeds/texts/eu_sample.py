"""A small Annex I in both renditions: text set in columns over two pages, and Formex."""

LAYOUT = """                          LIST OF DUAL-USE ITEMS
DEFINITIONS OF TERMS USED IN THIS ANNEX
"Accuracy" (2 3), usually measured in terms of inaccuracy, means the maximum deviation of an
indicated value.
"Aircraft" (1 9) means a fixed wing vehicle.

CATEGORY 0 - NUCLEAR MATERIALS
0A       Systems, Equipment and Components
0A001    "Nuclear reactors" and components, as follows:
         a.    "Nuclear reactors";
         b.    Vessels.



                                                                                                   25
                             CATEGORY 3 - ELECTRONICS

CATEGORY 3 - ELECTRONICS
3A       Systems, Equipment and Components
3A001   Electronic items, as follows:
        a.     Circuits having any of the following:
               Technical Notes:
               1.     'Rate' is the output rate.
               2.     'Dose' means any of the following:
                      a.     The total; or
                      b.     The rate.
               1.     A rate greater than 1,3 GSPS and a mass of 1 500 kg or
                      less; or
                                                       3
               2.     A dose of 5 x 10 Gy and all of the following:


                                                                                                   26
                             CATEGORY 3 - ELECTRONICS

3A001.a.2.   continued
                  a.     Made of silicon; and
                  b.     Sealed;
                  Note: 3A001.a.2. does not control any of the following:
                        a.     Toys;
                        b.     Clocks.
           3.    Not used;
           4.    Speeds below 7 x 106 m/s;
        b.     Cells, other than those specified in 3A001.a. or 0A001.b.
3E001     a.     "Technology" for 3A001;
          b.     Other "technology".
            2020 UPDATE OF THE EU CONTROL LIST OF DUAL-USE ITEMS
3A001     WA    Entry amended
"""

FORMEX = """<?xml version="1.0" encoding="UTF-8"?>
<ANNEX><BIB.INSTANCE><NO.DOC>1</NO.DOC></BIB.INSTANCE><TITLE><TI><P>ANNEX I</P></TI></TITLE><CONTENTS>
<P>Introductory words.</P>
<GR.SEQ LEVEL="1"><TITLE><TI><P>PART II — CATEGORY 0 — NUCLEAR MATERIALS</P></TI></TITLE>
<NP><NO.P>0A001</NO.P><TXT><QUOT.START CODE="201C"/>Nuclear reactors<QUOT.END CODE="201D"/> and components, as follows:</TXT>
<P><LIST TYPE="alpha"><ITEM><NP><NO.P>a.</NO.P><TXT>"Nuclear reactors";</TXT></NP></ITEM>
<ITEM><NP><NO.P>b.</NO.P><TXT>Vessels.</TXT></NP></ITEM></LIST></P></NP></GR.SEQ>
<GR.SEQ LEVEL="1"><TITLE><TI><P>PART V — CATEGORY 3 — ELECTRONICS</P></TI></TITLE>
<TBL><CORPUS><ROW><CELL COL="1">3A001</CELL><CELL COL="2"><P>Electronic items, as follows:</P>
<LIST TYPE="alpha"><ITEM><NP><NO.P>a.</NO.P><TXT>Circuits having any of the following:</TXT>
<P>Technical Notes:</P>
<LIST TYPE="ARAB"><ITEM><NP><NO.P>1.</NO.P><TXT>'Rate' is the output rate.</TXT></NP></ITEM></LIST>
<P><LIST TYPE="ARAB"><ITEM><NP><NO.P>1.</NO.P><TXT>A rate greater than 1,3 GSPS; or</TXT></NP></ITEM>
<ITEM><NP><NO.P>2.</NO.P><TXT>A dose of 5 × 10<HT TYPE="SUP">3</HT> Gy and all of the following:</TXT>
<P><LIST TYPE="alpha"><ITEM><NP><NO.P>a.</NO.P><TXT>Made of silicon; and</TXT></NP></ITEM>
<ITEM><NP><NO.P>b.</NO.P><TXT>Sealed;</TXT></NP></ITEM></LIST></P>
<P>Note: 3A001.a.2. does not control toys.</P></NP></ITEM></LIST></P></NP></ITEM>
<ITEM><NP><NO.P>b.</NO.P><TXT>Cells, other than those in 3A001.a. or 0A001.b.</TXT></NP></ITEM></LIST></CELL></ROW></CORPUS></TBL>
</GR.SEQ></CONTENTS></ANNEX>
"""
