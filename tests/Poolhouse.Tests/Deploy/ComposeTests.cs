using System.Text.RegularExpressions;
using Poolhouse.Tests.Docs;
using YamlDotNet.RepresentationModel;

namespace Poolhouse.Tests.Deploy;

/// <summary>deploy/compose.yaml. There is no Docker where the tests run: that it can be read and hangs together is seen here, that it runs is not.</summary>
public sealed partial class ComposeTests
{
    private static readonly YamlMappingNode File = DeployFiles.Documents("compose.yaml")[0];

    private static IReadOnlyDictionary<string, YamlNode> Services => File.MapAt("services");

    [Fact]
    public void Two_nodes_stand_on_all_engines_behind_a_proxy()
    {
        Services.Keys.Order().ShouldBe(["node1", "node2", "postgres", "proxy", "rabbitmq", "redis"]);
        foreach (var node in new[] { "node1", "node2" })
        {
            Services[node].MapAt("depends_on").Keys.Order().ShouldBe(["postgres", "rabbitmq", "redis"]);
            Services[node].TextAt("read_only").ShouldBe("true");
            Services[node].TextsAt("cap_drop").ShouldBe(["ALL"]);
        }
    }

    [Fact]
    public void Every_part_says_whether_it_is_well_and_only_the_proxy_has_a_door()
    {
        foreach (var (name, service) in Services)
        {
            service.At("healthcheck", "test").ShouldNotBeNull(name);
            service.TextAt("restart").ShouldBe("unless-stopped", name);
            (service.At("ports") is not null).ShouldBe(name == "proxy", name);
            service.TextAt("image").ShouldMatch(":[0-9]", $"{name} has a version");
        }

        File.TextAt("networks", "engines", "internal").ShouldBe("true");
        new[] { "postgres", "rabbitmq", "redis" }.ShouldAllBe(engine => Services[engine].TextsAt("networks").SequenceEqual(new[] { "engines" }));
    }

    [Fact]
    public void What_it_names_it_has()
    {
        var volumes = File.MapAt("volumes").Keys;
        var secrets = File.MapAt("secrets").Keys;
        foreach (var (name, service) in Services)
        {
            service.TextsAt("secrets").ShouldBeSubsetOf(secrets, name);
            service.TextsAt("networks").ShouldBeSubsetOf(File.MapAt("networks").Keys, name);
            service.MapAt("depends_on").Keys.ShouldBeSubsetOf(Services.Keys, name);
            foreach (var volume in service.TextsAt("volumes").Select(v => v.Split(':')[0]))
                (volumes.Contains(volume) || volume.StartsWith("./secrets/", StringComparison.Ordinal) || System.IO.File.Exists(Repository.PathOf("deploy", volume))).ShouldBeTrue(volume);
            foreach (var path in Paths(service)) service.TextsAt("secrets").ShouldContain(path, name);
        }
    }

    [Fact]
    public void Secrets_are_files_that_init_makes_and_nothing_else()
    {
        var init = DeployFiles.Text("init");
        foreach (var (name, secret) in File.MapAt("secrets"))
        {
            secret.TextAt("file").ShouldBe($"./secrets/{name}");
            init.ShouldContain($"once {name} ");
        }

        // A password may be in a file that is named, never in a variable or a command.
        foreach (var (name, service) in Services)
        {
            foreach (var (variable, _) in service.MapAt("environment")) (Secret().IsMatch(variable) && !variable.EndsWith("FILE", StringComparison.Ordinal)).ShouldBeFalse($"{name}: {variable}");
            service.TextsAt("command").ShouldAllBe(argument => !argument.Contains("pass", StringComparison.OrdinalIgnoreCase));
        }
    }

    // /run/secrets/NAME, wherever it stands in a service.
    private static IEnumerable<string> Paths(YamlNode service) => service.AllNodes.OfType<YamlScalarNode>()
        .Select(node => node.Value ?? "").Where(text => text.StartsWith("/run/secrets/", StringComparison.Ordinal)).Select(text => text["/run/secrets/".Length..]);

    [GeneratedRegex("PASS|SECRET|(?<!ACCESS)KEY(?!S)|DATABASE|REDIS|RABBITMQ|SMTP|ACCESSKEYS")]
    private static partial Regex Secret();
}
