/* A crew of one, who does the pieces last first. */
#ifndef TESTS_MADE_CREW_H
#define TESTS_MADE_CREW_H

#include "sunlot.h"

extern const sunlot_crew made_crew;

#endif
