package io.github.jasyncio.testing.exploration;

import java.util.SplittableRandom;

/** Every choice by the throw of a die. */
final class RandomOrders implements Orders {

    private final SplittableRandom random;

    RandomOrders(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public Strategy next() {
        SplittableRandom dice = random.split();
        return (possible, state) -> dice.nextInt(possible.size());
    }
}
