/*
 * Writers that race for the index at one tag: publish the intent, list the intents, read the index, merge, write, look
 * again. docs/converge.md says what this proves, what not, and how to run it.
 *
 *   -DN=3          how many writers race
 *   -DDELTA=0      for how many ticks a list or a read may still tell what was; 0: they tell what is
 *   -DSETTLE=0     for how many ticks a writer waits before its last look; the promise needs SETTLE >= DELTA
 *   -DCRASH        any of the writers may die before any request; one more writer comes when all have ended
 *   -DNO_VERIFY    a writer takes its write for the last word (to see that the model finds the loss)
 *   -DNO_INTENTS   a writer knows of no entry but its own (the same: that is what most tools do)
 */
#ifndef N
#define N 3
#endif
#ifndef DELTA
#define DELTA 0
#endif
#ifndef SETTLE
#define SETTLE DELTA
#endif

#ifdef CRASH
#define WRITERS (N + 1)   /* the one that comes at the end has an entry, too */
#else
#define WRITERS N
#endif
/* A set of entries is a number: bit i is the entry of writer i. */
#if WRITERS == 2
#define SETS 4
#elif WRITERS == 3
#define SETS 8
#elif WRITERS == 4
#define SETS 16
#else
#error 2 to 4 writers, the one at the end included
#endif
#define contains(set, part) (((set) & (part)) == (part))

/* A register has a value, and for each other one how many ticks ago it was last the value: before DELTA a read may tell it. */
byte index;               /* what the tag of the index names: the set of its entries */
byte intents;             /* which intents are published; it only grows */
byte indexAge[SETS];
byte intentsAge[SETS];

byte left[WRITERS];       /* ticks that a writer still waits before its last look */
byte returned;            /* the writers that said: my entry is there */
byte ended;               /* how many have returned or died */

#define WRITE(register, age, set) age[register] = 0; register = set

/* Leaves in `set` what a read tells: what is, or anything that was within the last DELTA ticks. */
#if DELTA == 0
#define READ(register, age, set) set = register
#else
#define READ(register, age, set) \
  set = 0; \
  do \
  :: set < SETS - 1 -> set++ \
  :: break \
  od; \
  if \
  :: age[set] < DELTA -> skip \
  :: else -> set = register \
  fi
#endif

/* What waits, waits one tick less; what is not true any more gets older. It may tick at any time, or never again. */
active proctype Time() {
  byte i;
end:
  do
  :: (DELTA > 0 || SETTLE > 0) && ended < WRITERS ->
    d_step {
      i = 0;
      do
      :: i < SETS ->
        if
        :: i != index && indexAge[i] < DELTA -> indexAge[i]++
        :: else
        fi;
        if
        :: i != intents && intentsAge[i] < DELTA -> intentsAge[i]++
        :: else
        fi;
        i++
      :: else -> break
      od;
      i = 0;
      do
      :: i < WRITERS ->
        if
        :: left[i] > 0 -> left[i]--
        :: else
        fi;
        i++
      :: else -> break
      od;
      i = 0
    }
  od
}

#ifdef CRASH
#define MAY_DIE :: me < N -> goto dead
#else
#define MAY_DIE
#endif

proctype Writer(byte me) {
  byte wanted, seen;
  bit settled;

  if
  :: atomic { WRITE(intents, intentsAge, intents | (1 << me)) }
  MAY_DIE
  fi;
  left[me] = SETTLE;

look:
  if
  :: atomic { READ(intents, intentsAge, wanted); wanted = wanted | (1 << me) }
  MAY_DIE
  fi;
#ifdef NO_INTENTS
  wanted = 1 << me;
#endif
  if
  :: atomic { READ(index, indexAge, seen) }
  MAY_DIE
  fi;
  if
  :: contains(seen, wanted) ->
    if
    :: settled -> goto over
    :: else -> settled = 1; wanted = 0; seen = 0; left[me] == 0 -> goto look
    fi
  :: else
  fi;
  if
  :: atomic { WRITE(index, indexAge, seen | wanted); settled = 0; wanted = 0; seen = 0; left[me] = SETTLE }
  MAY_DIE
  fi;
#ifndef NO_VERIFY
  goto look;
#endif

over:
  atomic { returned = returned | (1 << me); ended++; goto done }
dead:
  atomic { wanted = 0; seen = 0; ended++ }
done:
  skip
}

init {
  byte i;
  d_step {
    i = 0;
    do
    :: i < SETS -> indexAge[i] = DELTA; intentsAge[i] = DELTA; i++
    :: else -> break
    od;
    i = 0
  }
  atomic {
    do
    :: i < N -> run Writer(i); i++
    :: else -> break
    od
  }
  ended == N;
#ifdef CRASH
  /* Nobody is on the way any more. The next writer completes what the dead have announced. */
  run Writer(N);
  ended == N + 1;
  assert(contains(index, intents));
#endif
  assert(contains(index, returned))
}
