// The settings of the C library's memory, which Swift's own module of it leaves out.
#ifndef COLEND_CMEMORY_SHIM_H
#define COLEND_CMEMORY_SHIM_H

#include <malloc.h>

#endif
