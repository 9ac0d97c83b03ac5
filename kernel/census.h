/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_VS_CENSUS_H
#define _IP_VS_CENSUS_H

/* Debug builds count what is created and what is destroyed, and say at unload
 * what does not pair up. Other builds have nothing of this.
 */

enum ip_vs_census {
	IP_VS_CENSUS_SVC,
	IP_VS_CENSUS_DEST,
	IP_VS_CENSUS_CONN,
	IP_VS_CENSUS_KINDS,
};

#ifdef IP_VS_CENSUS

void ip_vs_census_created(enum ip_vs_census kind);
void ip_vs_census_destroyed(enum ip_vs_census kind);

/* When everything has been freed, RCU callbacks included. */
void ip_vs_census_judge(void);

#else

static inline void ip_vs_census_created(enum ip_vs_census kind)
{
}

static inline void ip_vs_census_destroyed(enum ip_vs_census kind)
{
}

static inline void ip_vs_census_judge(void)
{
}

#endif

#endif
