using System.Text.RegularExpressions;
using Poolhouse.Tests.Docs;
using YamlDotNet.RepresentationModel;

namespace Poolhouse.Tests.Deploy;

/// <summary>deploy/kubernetes. There is no cluster where the tests run: that the files can be read and hang together is seen here, that they run is not.</summary>
public sealed partial class KubernetesTests
{
    private static readonly string Folder = Repository.PathOf("deploy", "kubernetes");

    /// <summary>The pod of a deployment.</summary>
    internal static YamlNode Pod(string file) => DeployFiles.Documents("kubernetes/" + file)[0].At("spec", "template", "spec")!;

    [Fact]
    public void Every_file_is_of_a_known_kind_and_applied()
    {
        var files = Directory.EnumerateFiles(Folder, "*.yaml").Select(path => Path.GetFileName(path)!).Where(name => name is not ("kustomization.yaml" or "secret.example.yaml")).Order().ToList();

        DeployFiles.Documents("kubernetes/kustomization.yaml")[0].TextsAt("resources").Order().ShouldBe(files);
        foreach (var document in files.Append("secret.example.yaml").SelectMany(name => DeployFiles.Documents("kubernetes/" + name)))
        {
            document.TextAt("apiVersion").ShouldMatch("^([a-z0-9.]+/)?v[0-9]$");
            document.TextAt("kind").ShouldNotBeEmpty();
            document.TextAt("metadata", "name").ShouldMatch("^[a-z-]+$");
        }
    }

    [Theory]
    [InlineData("deployment.yaml")]
    [InlineData("worker.yaml")]
    public void Pods_fit_into_a_namespace_that_is_restricted(string file)
    {
        var pod = Pod(file);

        // https://kubernetes.io/docs/concepts/security/pod-security-standards/: restricted.
        pod.TextAt("securityContext", "runAsNonRoot").ShouldBe("true");
        pod.TextAt("securityContext", "seccompProfile", "type").ShouldBe("RuntimeDefault");
        pod.TextAt("automountServiceAccountToken").ShouldBe("false");
        foreach (var container in pod.ListAt("containers"))
        {
            container.TextAt("securityContext", "allowPrivilegeEscalation").ShouldBe("false");
            container.TextAt("securityContext", "readOnlyRootFilesystem").ShouldBe("true");
            container.TextsAt("securityContext", "capabilities", "drop").ShouldBe(["ALL"]);
            container.TextAt("resources", "limits", "memory").ShouldNotBeEmpty();
        }

        DeployFiles.Documents("kubernetes/namespace.yaml")[0].TextAt("metadata", "labels", "pod-security.kubernetes.io/enforce").ShouldBe("restricted");
    }

    [Theory]
    [InlineData("deployment.yaml")]
    [InlineData("worker.yaml")]
    public void Pods_find_what_they_name(string file)
    {
        var secrets = DeployFiles.Documents("kubernetes/secret.example.yaml")[0].MapAt("stringData").Keys;
        var pod = Pod(file);
        var container = pod.ListAt("containers")[0];
        var volumes = pod.ListAt("volumes").Select(volume => volume.TextAt("name")).ToList();

        container.ListAt("volumeMounts").Select(mount => mount.TextAt("name")).ShouldBe(volumes);
        container.ListAt("envFrom")[0].TextAt("configMapRef", "name").ShouldBe(DeployFiles.Documents("kubernetes/configmap.yaml")[0].TextAt("metadata", "name"));
        var keys = container.ListAt("env").Select(Key).OfType<string>().ToList();
        keys.Count.ShouldBeGreaterThan(5);
        keys.ShouldBeSubsetOf(secrets);

        static string? Key(YamlNode variable)
        {
            if (variable.TextAt("valueFrom", "secretKeyRef", "key") is { Length: > 0 } key) return key;
            return variable.TextAt("name").EndsWith("FILE", StringComparison.Ordinal) ? variable.TextAt("value")["/run/secrets/poolhouse/".Length..] : null;
        }
    }

    [Fact]
    public void A_node_has_every_probe_and_what_chooses_it_chooses_it()
    {
        var deployment = DeployFiles.Documents("kubernetes/deployment.yaml")[0];
        var node = Pod("deployment.yaml").ListAt("containers")[0];
        var label = deployment.TextAt("spec", "template", "metadata", "labels", "app.kubernetes.io/name");

        node.TextAt("livenessProbe", "httpGet", "path").ShouldBe("/health/live");
        node.TextAt("startupProbe", "httpGet", "path").ShouldBe("/health/live");
        node.TextAt("readinessProbe", "httpGet", "path").ShouldBe("/health/ready");
        foreach (var probe in new[] { "livenessProbe", "readinessProbe", "startupProbe" })
            node.TextAt(probe, "httpGet", "port").ShouldBe(node.ListAt("ports")[0].TextAt("name"));
        deployment.TextAt("spec", "selector", "matchLabels", "app.kubernetes.io/name").ShouldBe(label);
        DeployFiles.Documents("kubernetes/service.yaml")[0].TextAt("spec", "selector", "app.kubernetes.io/name").ShouldBe(label);
        DeployFiles.Documents("kubernetes/poddisruptionbudget.yaml")[0].TextAt("spec", "selector", "matchLabels", "app.kubernetes.io/name").ShouldBe(label);
        DeployFiles.Documents("kubernetes/horizontalpodautoscaler.yaml")[0].TextAt("spec", "scaleTargetRef", "name").ShouldBe(deployment.TextAt("metadata", "name"));
        Pod("worker.yaml").ListAt("containers")[0].TextAt("livenessProbe", "httpGet", "path").ShouldBe("/health/live");
        deployment.At("spec", "replicas").ShouldBeNull("the autoscaler sets it, and applying the files again must not undo that");
    }

    [Fact]
    public void The_example_of_a_secret_holds_none()
    {
        var values = DeployFiles.Documents("kubernetes/secret.example.yaml")[0].MapAt("stringData").Values.Select(value => ((YamlScalarNode)value).Value!).ToList();

        values.ShouldAllBe(value => value.Contains('…'));
        values.ShouldAllBe(value => !Random().IsMatch(value));
    }

    [GeneratedRegex("[A-Za-z0-9+/]{24,}")]
    private static partial Regex Random();
}
