package io.github.jasyncio.programs;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans with async methods behind the two kinds of classes that Spring generates with CGLIB: of configurations, and of what has advice. */
public final class InSpring {

    private InSpring() {}

    public static void main(String[] arguments) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Configured.class)) {
            Shop shop = context.getBean(Shop.class);
            Configured configured = context.getBean(Configured.class);
            System.out.println(shop.getClass().getSimpleName() + " " + run(shop.total(2)));
            System.out.println(configured.getClass().getSimpleName() + " " + run(configured.twice()));
        }
    }

    /** Its own class is generated, so that {@link #shop} is asked once. */
    @Configuration
    public static class Configured {

        @Bean
        public Shop shop() {
            ProxyFactory factory = new ProxyFactory(new Shop());
            factory.setProxyTargetClass(true);
            factory.addAdvice((MethodInterceptor) call -> {
                System.out.println("before " + call.getMethod().getName());
                return call.proceed();
            });
            return (Shop) factory.getProxy(getClass().getClassLoader());
        }

        @Async
        public Coroutine<Integer> twice() {
            return Coroutine.of(await(shop().price(1)) + await(shop().price(1)));
        }
    }
}
