using Poolhouse.Load;

// Answers of the loopback interface are there at once: handling them on the thread that polls saves two thread hops a request.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

if (LoadOptions.TryParse(args, out var problem) is not { } options)
{
    await Console.Error.WriteLineAsync(problem);
    return 2;
}

return await LoadRun.RunAsync(options);
