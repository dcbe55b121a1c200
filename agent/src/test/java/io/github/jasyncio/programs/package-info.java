/** Programs that the agent's tests start in processes of their own. Not below the agent's package, which the agent leaves alone. */
package io.github.jasyncio.programs;
