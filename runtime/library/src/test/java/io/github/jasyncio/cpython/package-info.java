/**
 * The behaviours that CPython 3.13's own tests of asyncio ask for, in tests of our own.
 *
 * <p>What follows says, for each class in {@code Lib/test/test_asyncio}, which tests of ours hold the same behaviours, and which of its tests
 * have no meaning here. <em>core</em> are the tests of {@code runtime/core}; <em>net</em> are those of the package of that name; <em>twins</em> are the classes of {@code conformance}, named
 * by their traces ({@code cancel_*} for {@code CancelSelfTest} and so on). {@code test_locks} and {@code test_queues} are the matter of the
 * tests in {@code sync}.
 *
 * <p>Many of those classes run one suite several times: over the implementations in C and in Python, and over subclasses. Java has one, and
 * its tasks, loops and groups are final. Reasons that come again and again:
 *
 * <ul>
 *   <li><em>types</em>: a wrong argument that Java's compiler refuses, or Python's ways to make, name and inspect types and objects.
 *   <li><em>private</em>: what asyncio keeps to itself, or offers only to other implementations of tasks and loops.
 *   <li><em>chaining</em>: the context that Python adds to an exception raised while another is handled. Java's have only a cause, which is
 *       tested.
 *   <li><em>entering</em>: a group or a timeout that is entered twice, or not yet. In Java it is lent to its body, and nobody has it before.
 * </ul>
 *
 * <h2>test_tasks</h2>
 *
 * <ul>
 *   <li>{@code BaseTaskTests} and the eight that run it: {@link TasksTest}, {@link CancellationsTest}, {@link WaitingTest}, {@link GatheringTest};
 *       core: {@code TaskTest}, {@code CancelTest}, {@code ContextTest}, {@code EventLoopTest}; twins: {@code cancel_*}, {@code wait_*},
 *       {@code ascompleted_*}, {@code gather_*}, {@code shield_*}, {@code context_*}, {@code ensure_future}, {@code sleep0_*}, {@code start_*}.
 *       <p>No meaning: generic_alias, task_class, subclasses_ctask_cfuture, iscoroutinefunction, coroutine_non_gen_function*,
 *       create_task_with_noncoroutine, create_task_with_async*_function, ensure_future_neither, ensure_future_error_msg,
 *       wait_invalid_args, as_completed_invalid_args, wait_with_iterator_of_tasks, wait_generator,
 *       task_set_name_pylong, task_repr_name_not_str, sleep_when_delay_is_nan (types); ensure_future_awaitable,
 *       ensure_future_task_awaitable, step_result_future (awaitables of one's own: {@code Awaitable} is sealed, Java's stages are the one
 *       kind from outside, see {@link FuturesTest}); task_cancel_message_getter and _setter, log_traceback, error_in_call_soon (private);
 *       exception_chaining_*, cancellation_exception_context, cancel_traceback_* (chaining; where a cancelled task stood is in
 *       {@code CancelTest}); task_del_collect, log_destroyed_pending_task (the loop keeps its tasks alive; one that is pending is reported
 *       when the loop is closed, {@code TaskTest}); as_completed_same_tasks_in_as_out (what is gone through with {@code async for}; {@code asCompleted} is gone through with {@code for}). task_source_traceback: {@code debug.OriginTest}.
 *   <li>{@code SetMethodsTest}: core: {@code TaskTest}.
 *   <li>{@code CTask_CFuture_Tests}, {@code CTask_Future_Tests}, {@code GenericTaskTests}: no meaning (private: memory and mixtures of the C
 *       implementation).
 *   <li>{@code BaseTaskIntrospectionTests}: no meaning (private: for other implementations of tasks); what it leads to is in {@link
 *       TasksTest}, {@link EagerTasksTest} and the twin {@code introspect_tasks}.
 *   <li>{@code BaseCurrentLoopTests}: {@link TasksTest}.
 *   <li>{@code GatherTestsBase}, {@code FutureGatherTests}, {@code CoroutineGatherTests}: {@link GatheringTest}; core: {@code GatherTest}; twins:
 *       {@code gather_*}. env_var_debug: {@link EventLoopsTest}, by the system property.
 *   <li>{@code RunCoroutineThreadsafeTests}: {@link TasksTest}; core: {@code ThreadsTest}; twin: {@code threadsafe_coroutine}.
 *   <li>{@code SleepTests}: core: {@code EventLoopTest}; twins: {@code sleep0_*}.
 * </ul>
 *
 * <h2>test_futures, test_futures2</h2>
 *
 * <ul>
 *   <li>{@code BaseFutureTests}: {@link FuturesTest}; core: {@code FutureTest}; twins: {@code future_*}, {@code never_retrieved}.
 *       <p>No meaning: generic_alias, isfuture, constructor_*, uninitialized, exception_class, wrap_future_future (types);
 *       future_cancel_message_getter and _setter, copy_state, log_traceback, set_result_unless_cancelled (private); stop_iteration_*,
 *       future_stop_iteration_args, iter, future_iter_throw (a future as Python's iterator); future_del_collect (memory);
 *       future_source_traceback, future_exception_never_retrieved_debug: {@code debug.OriginTest}.
 *   <li>{@code BaseFutureDoneCallbackTests}: {@link FuturesTest}; twins: {@code callbacks_*}. No meaning: schedule_callbacks_list_mutation_* (a
 *       loop of one's own).
 *   <li>{@code DuckTests}, {@code CFutureTests}, {@code BaseFutureInheritanceTests}: no meaning (types, private).
 *   <li>{@code FutureTests}: {@link TasksTest}, {@link FuturesTest}; twin: {@code handler_contexts}. {@code FutureReprTests}: {@link TasksTest}.
 * </ul>
 *
 * <h2>test_waitfor, test_timeouts, test_taskgroups</h2>
 *
 * <ul>
 *   <li>{@code AsyncioWaitForTest}, {@code WaitForShieldTests}: {@link WaitForTest}; twins: {@code waitfor_*}.
 *   <li>{@code TimeoutTests}: {@link TimeoutsTest}; core: {@code CompositesTest}; twins: {@code timeout_*}. No meaning: timeout_exception_context and
 *       the contexts in foreign_exception_on_timeout* and timeout_taskgroup (chaining); timeout_already_entered, timeout_double_enter,
 *       timeout_not_entered (entering).
 *   <li>{@code TestTaskGroup}: {@link TaskGroupsTest}; core: {@code CompositesTest}; twins: {@code group_*}. No meaning: taskgroup_already_entered,
 *       taskgroup_double_enter, taskgroup_not_entered (entering). An error that is no {@code KeyboardInterrupt} is a failure like others, so
 *       Python's two kinds of exception group are one.
 * </ul>
 *
 * <h2>test_runners</h2>
 *
 * <ul>
 *   <li>{@code RunTests}: {@link RunnersTest}; core: {@code RunnerTest}; twins: {@code runner_*}. asyncio_run_closes_gens_after_hanging_tasks_errors: {@code
 *       generators.ShutdownTest}. No meaning: asyncio_run_only_coro (types);
 *       asyncio_run_without_uncancel (tasks of others' making); loop_factory_default_event_loop (one kind of loop).
 *   <li>{@code RunnerTests}: {@link RunnersTest}; core: {@code RunnerTest}, and {@code CtrlCTest}, where the interrupts are. No meaning: run_non_coro, run_future (types);
 *       set_event_loop_called_once (policies, which Java has not).
 * </ul>
 *
 * <h2>test_base_events</h2>
 *
 * <ul>
 *   <li>{@code BaseEventLoopTests}: {@link EventLoopsTest}; core: {@code EventLoopTest}, {@code ThreadsTest}; twins: {@code loop_*}, {@code timers_*},
 *       {@code handles_order}, {@code handler_*}.
 *       <p>No meaning: call_soon_non_callable, set_exc_handler_invalid, set_task_factory_invalid, set_default_executor*,
 *       run_until_complete_type_error, subprocess_*_invalid_args (types); not_implemented, _add_callback_*, custom_run_forever_integration,
 *       create_task, the overridden handler in default_exc_handler_broken (private, or a loop of one's own);
 *       _run_once_cancelled_event_cleanup (a cancelled timer leaves at once, core: {@code EventLoopTest});
 *       single_selecter_event_callback_after_stopping (a selector; its callbacks' half is in {@link EventLoopsTest});
 *       create_task_error_closes_coro (a coroutine that has not begun has nothing to close). asyncgen_finalization_*: {@code
 *       generators.ShutdownTest}.
 *   <li>{@code RunningLoopTests}: core: {@code EventLoopTest}.
 *   <li>{@code BaseEventLoopWithSelectorTests}: log_slow_callbacks in {@link EventLoopsTest}; net: {@code CreateConnectionTest}, {@code ServerTest},
 *       {@code DatagramEndpointTest}. No meaning: call_coroutine, *_wrong_sock, *_stream_bittype, *_host_port_sock, *_noaddr_nofamily (types);
 *       *_ipv6_scope, *_no_inet_pton, *_service_name, *_bluetooth, *soreuseport*, *_sockopts, *_allow_broadcast (options of the channel that the
 *       caller gives); *ssl*: {@code net.TlsTransportTest}.
 *   <li>{@code BaseEventTests}, {@code TestSelectorUtils}: no meaning (private: parsing addresses, which Java does). {@code
 *       BaseLoopSockSendfileTests}: net: {@code SocketsTest}; no meaning: the fallback, which Java does not need.
 * </ul>
 *
 * <h2>test_selector_events, test_sock_lowlevel, test_sendfile, test_server, test_transports, test_protocols</h2>
 *
 * <ul>
 *   <li>{@code BaseSelectorEventLoopTests}, {@code BaseSockTestsMixin} and those that run it: core: {@code ChannelsTest}; net: {@code SocketsTest}, {@code BigBuffersTest}, {@code
 *       ClosedChannelsTest}, {@code LeftoversTest}. No
 *       meaning: close_no_selector, read_from_self_*, write_to_self_*, process_events_* (private); sock_connect_resolve_using_socket_params
 *       (types); sendto_blocking (on the loopback interface nothing blocks; a sender that does is in {@code DatagramEndpointTest}).
 *   <li>{@code SelectorTransportTests}, {@code SelectorSocketTransportTests}, {@code SelectorSocketTransportBufferedProtocolTests}, {@code
 *       TransportTests}, {@code ProtocolsAbsTests}: net: {@code TransportTest}. No meaning: *_bytearray, *_memoryview, *_str, *_interrupted,
 *       *_inheritance, not_implemented (types).
 *   <li>{@code SelectorDatagramTransportTests}: net: {@code DatagramEndpointTest}.
 *   <li>{@code SendfileBase} and those that run it: net: {@code SocketsTest}, {@code TransportTest}. No meaning: *_not_supported, and *fallback* without TLS (there is
 *       no fallback); *ssl*: {@code net.TlsTransportTest}.
 *   <li>{@code StaggeredTests}: staggered: {@code StaggeredRaceTest}. The tests of happy eyeballs in {@code BaseEventLoopWithSelectorTests}: net: {@code
 *       HappyEyeballsTest}.
 *   <li>{@code BaseStartServer}, {@code TestServer2}, {@code UnixServerCleanupTests}: net: {@code ServerTest}, {@code CreateConnectionTest}. No meaning:
 *       unix_server_cleanup_prevented (there is no such option).
 * </ul>
 *
 * <h2>test_streams, test_ssl, test_sslproto, test_buffered_proto</h2>
 *
 * <ul>
 *   <li>{@code StreamTests}: {@link StreamReadersTest} for the readers; twin: {@code streams_reader}; {@code net.StreamsTest} for connections, servers, {@code
 *       drain} and the end, {@code net.LostStreamTest} for the resource warnings, {@code net.TlsStreamsTest} for start_tls, {@code net.CounterpartsTest}
 *       for the HTTP server. No meaning: readuntil_bytearray, the callbacks of start_server that are no coroutines (types); streamreaderprotocol_*
 *       (private); *_no_loop_ssl (asyncio's own certificates; ours are in {@code net.Certificates}); read_all_from_pipe_reader (file descriptors; {@code net.PipeEndsTest} has the JDK's pipes).
 *   <li>{@code TestSSL}, {@code BaseStartTLS}: {@code net.TlsStreamsTest}, {@code net.TlsTransportTest}. No meaning: memory_leak, *_handler_leak (Python's
 *       counted references; that nothing is left is looked at after each test); the write backlog that remote_shutdown_receives_trailing_data puts in by hand (there
 *       is none; what was written is sent before the end all the same).
 *   <li>{@code SslProtoHandshakeTests}: {@code net.TlsStreamsTest}, {@code net.TlsTransportTest}. No meaning: fatal_error_no_name_error (Python's names).
 *   <li>{@code BaseTestBufferedProtocol}: {@code net.TransportTest}, {@code net.TlsTransportTest}.
 * </ul>
 *
 * <h2>test_subprocess</h2>
 *
 * <ul>
 *   <li>{@code SubprocessMixin} and those that run it: {@code process.ProcessTest}. No meaning: start_new_session (an option that Java has not); *_text_mode_fails,
 *       create_subprocess_exec_with_path, popen_error (types); devstdin_input (there is one default for all of Java); cancel_make_subprocess_transport_exec,
 *       cancel_post_init (starting does not wait); close_kill_running, close_dont_kill_finished, subprocess_protocol_events,
 *       subprocess_communicate_stdout (transports of processes, which there are not); warns, *_inactive_watcher, *_pidfd (child watchers).
 *   <li>{@code SubprocessTransportTests}: no meaning (private).
 * </ul>
 *
 * <h2>test_eager_task_factory, test_context, test_threads</h2>
 *
 * <ul>
 *   <li>{@code EagerTaskFactoryLoopTests}, {@code BaseTaskCountingTests} and those that run them: {@link EagerTasksTest}; core: {@code EventLoopTest};
 *       twins: {@code eager_*}. No meaning: issue105987, issue122332 (private: memory of the C implementation; a task keeps its coroutine).
 *   <li>{@code DecimalContextTest}: {@link ThreadsAndContextsTest}.
 *   <li>{@code ToThreadTests}: {@link ThreadsAndContextsTest}; core: {@code ThreadsTest}; twin: {@code threads_to_thread}. No meaning:
 *       to_thread_args_kwargs (types).
 * </ul>
 */
@NullMarked
package io.github.jasyncio.cpython;

import org.jspecify.annotations.NullMarked;
