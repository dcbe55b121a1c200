package io.github.jasyncio.programs;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.SuppressAsyncWarnings;
import java.time.Duration;
import org.mockito.MockedStatic;
import org.mockito.Mockito;
import org.mockito.stubbing.Answer;

/** Mocks, spies and real objects of a class with async methods, made by Mockito's inline mock maker, which changes the class itself. */
public final class Mocking {

    private Mocking() {}

    public static void main(String[] arguments) {
        System.out.println("before " + run(new Shop().total(3)));
        System.out.println("mock " + run(mocked()));
        System.out.println("spy " + run(spied()));
        System.out.println("static " + mockedStatic(Mockito.CALLS_REAL_METHODS) + " and "
                + mockedStatic(Mockito.RETURNS_DEFAULTS));
        System.out.println("behind " + run(new Shop().total(3)));
    }

    @Async
    @SuppressAsyncWarnings // what a mock gives is null, and becomes part of a string
    @SuppressWarnings("DirectInvocationOnMock") // the mock is on trial here
    private static Coroutine<String> mocked() {
        Shop shop = mock(Shop.class);
        when(shop.price(1)).thenReturn(Coroutine.of(5));
        when(shop.price(2)).thenAnswer(call -> sleep(Duration.ZERO, 7));
        int sum = await(shop.price(1)) + await(shop.price(2));
        verify(shop).price(1);
        verify(shop).price(2);
        verifyNoMoreInteractions(shop);
        return Coroutine.of(sum + " and " + shop.total(3));
    }

    @Async
    private static Coroutine<Integer> spied() {
        Shop shop = spy(new Shop());
        doReturn(Coroutine.of(100)).when(shop).price(2);
        int total = await(shop.total(3));
        verify(shop, times(3)).price(anyInt());
        return Coroutine.of(total);
    }

    /** Of three methods of the same class that await each other, the one in the middle is mocked. */
    private static int mockedStatic(Answer<?> otherwise) {
        try (MockedStatic<Catalogue> catalogue = mockStatic(Catalogue.class, otherwise)) {
            catalogue.when(() -> Catalogue.total(2)).thenCallRealMethod();
            catalogue.when(() -> Catalogue.price(1)).thenReturn(Coroutine.of(100));
            return run(Catalogue.total(2));
        }
    }

    static final class Catalogue {

        private Catalogue() {}

        @Async
        static Coroutine<Integer> total(int count) {
            int total = 0;
            for (int i = 0; i < count; i++) {
                total += await(price(1));
            }
            return Coroutine.of(total);
        }

        @Async
        static Coroutine<Integer> price(int item) {
            return Coroutine.of(item);
        }
    }
}
