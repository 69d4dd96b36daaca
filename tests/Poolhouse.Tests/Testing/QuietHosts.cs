using System.Runtime.CompilerServices;

namespace Poolhouse.Tests.Testing;

/// <summary>Hosts of tests watch no configuration files: each watch takes one of the machine's few inotify instances, and tests start hundreds of hosts.</summary>
internal static class QuietHosts
{
    [ModuleInitializer]
    internal static void Initialize() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
