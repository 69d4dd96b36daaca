return await Poolhouse.Server.ServerBuilder.RunAsync(args);
