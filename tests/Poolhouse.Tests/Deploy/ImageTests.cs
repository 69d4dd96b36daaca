using System.Text.RegularExpressions;
using Poolhouse.Tests.Docs;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Deploy;

/// <summary>The image, and everything that looks at a running node: paths, ports, times.</summary>
public sealed partial class ImageTests
{
    private const string Port = "8001";

    // Microsoft.Extensions.Hosting: a host that stops gives requests 30 seconds by default.
    private const int LongestRequestSeconds = 30;

    [Fact]
    public async Task Every_address_that_is_asked_for_health_answers()
    {
        var world = await World.OnAsync();
        var files = DeployFiles.Paths.Where(path => !path.EndsWith(".md", StringComparison.Ordinal)).ToList();

        var asked = files.SelectMany(path => HealthPath().Matches(File.ReadAllText(path)).Select(match => match.Value)).Distinct().ToList();

        asked.Order().ShouldBe(["/health/live", "/health/ready"]);
        foreach (var path in asked) (await world.Http.GetAsync(path, TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue(path);
    }

    [Fact]
    public void Everything_speaks_of_one_port()
    {
        DeployFiles.Text("Dockerfile").ShouldContain($"POOLHOUSE__URLS=http://[::]:{Port}");
        DeployFiles.Text("Dockerfile").ShouldContain($"EXPOSE {Port}");
        DeployFiles.Text("systemd/poolhouse.env").ShouldContain($"POOLHOUSE__URLS=http://127.0.0.1:{Port}");
        KubernetesTests.Pod("deployment.yaml").ListAt("containers")[0].ListAt("ports")[0].TextAt("containerPort").ShouldBe(Port);

        var others = DeployFiles.Paths.Where(path => !path.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(path => NodePort().Matches(File.ReadAllText(path)).Select(match => match.Groups["port"].Value)).Distinct();
        others.ShouldBe([Port]);
    }

    [Fact]
    public void The_image_copies_what_is_there_and_what_its_context_has()
    {
        var allowed = DeployFiles.Text("Dockerfile.dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        var copied = ContextCopy().Matches(DeployFiles.Text("Dockerfile")).SelectMany(copy => copy.Groups["from"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();

        copied.Count.ShouldBeGreaterThan(5);
        foreach (var path in copied)
        {
            allowed.ShouldContain(path.Split('/')[0]);
            var full = Repository.PathOf(path.TrimEnd('/'));
            (File.Exists(full) || Directory.Exists(full)).ShouldBeTrue(path);
        }
    }

    [Fact]
    public void The_image_runs_as_nobody_in_particular_and_builds_with_the_lock_files()
    {
        var lines = DeployFiles.Text("Dockerfile").Split('\n');

        lines.Last(line => line.StartsWith("USER ", StringComparison.Ordinal)).ShouldBe("USER $APP_UID");
        lines.Single(line => line.Contains("dotnet publish", StringComparison.Ordinal)).ShouldContain("-p:RestoreLockedMode=true");
        lines.Single(line => line.StartsWith("RUN npm", StringComparison.Ordinal) && line.Contains(" ci ", StringComparison.Ordinal)).ShouldNotBeEmpty();
        lines.Last(line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal)).ShouldBe("""ENTRYPOINT ["dotnet", "/app/Poolhouse.Server.dll"]""");
    }

    [Fact]
    public void Whoever_stops_a_node_waits_until_it_has_drained()
    {
        var unit = DeployFiles.Text("systemd/poolhouse.service");
        var compose = DeployFiles.Documents("compose.yaml")[0].At("x-node")!;
        var pod = KubernetesTests.Pod("deployment.yaml");

        Number(unit, "TimeoutStopSec=").ShouldBeGreaterThan(Number(unit, "POOLHOUSE__DRAINSECONDS=") + LongestRequestSeconds);
        Number(compose.TextAt("stop_grace_period"), "").ShouldBeGreaterThan(Number(compose.TextAt("environment", "POOLHOUSE__DRAINSECONDS"), "") + LongestRequestSeconds);
        Number(pod.TextAt("terminationGracePeriodSeconds"), "")
            .ShouldBeGreaterThan(Number(DeployFiles.Documents("kubernetes/configmap.yaml")[0].TextAt("data", "POOLHOUSE__DRAINSECONDS"), "") + LongestRequestSeconds);

        // Whoever spreads requests must have seen that it is not ready, however late it last asked.
        var probe = pod.ListAt("containers")[0].At("readinessProbe")!;
        var noticed = Number(probe.TextAt("periodSeconds"), "") * (Number(probe.TextAt("failureThreshold"), "") + 1);
        Number(DeployFiles.Documents("kubernetes/configmap.yaml")[0].TextAt("data", "POOLHOUSE__DRAINSECONDS"), "").ShouldBeGreaterThan(noticed);
    }

    private static int Number(string text, string before) => int.Parse(Regex.Match(text, Regex.Escape(before) + "(?<number>[0-9]+)", RegexOptions.ExplicitCapture).Groups["number"].Value);

    [GeneratedRegex("/health/[a-z]+")]
    private static partial Regex HealthPath();

    [GeneratedRegex(@"(?:node[0-9]|localhost|127\.0\.0\.1):(?<port>80[0-9][0-9])", RegexOptions.ExplicitCapture)]
    private static partial Regex NodePort();

    [GeneratedRegex(@"^COPY (?!--from)(?<from>.+) [^ ]+$", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex ContextCopy();
}
