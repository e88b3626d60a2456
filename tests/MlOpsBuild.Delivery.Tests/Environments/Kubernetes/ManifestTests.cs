using System.Diagnostics;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Kubernetes;

namespace MlOpsBuild.Delivery.Environments.Kubernetes.Tests;

public sealed class ManifestTests : IDisposable
{
    private const string Image = "registry.example.com/acme/tiny@sha256:0123";
    private static readonly ClusterNames Names = new("Tiny", null, "registry.example.com/acme/tiny");
    private static readonly ClusterVersion Version = new(
        "Tiny", 3, Image, Digest.Of("model"), new Dictionary<string, string> { ["MLOPS_MODEL_VERSION"] = "3" });

    private static readonly DateTimeOffset Created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_pod_may_do_no_more_than_it_needs()
    {
        var pods = All(new()).Where(manifest => manifest.Kind == ResourceKind.Deployment)
            .Select(manifest => manifest.Content["spec"]!["template"]!["spec"]!).ToList();

        pods.Count.ShouldBe(2);
        foreach (var pod in pods)
        {
            ((bool)pod["automountServiceAccountToken"]!).ShouldBeFalse();
            ((bool)pod["securityContext"]!["runAsNonRoot"]!, (string?)pod["securityContext"]!["seccompProfile"]!["type"])
                .ShouldBe((true, "RuntimeDefault"));
            var container = pod["containers"]!.AsArray().ShouldHaveSingleItem()!;
            container["securityContext"]!.ToJsonString()
                .ShouldBe("""{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"readOnlyRootFilesystem":true}""");
            ((string?)container["image"], (string?)container["resources"]!["limits"]!["memory"]).ShouldBe((Image, "256Mi"));
            foreach (var probe in (string[])["startupProbe", "livenessProbe", "readinessProbe"])
            {
                container[probe]!["httpGet"]!["path"]!.ToString().ShouldStartWith("/v2/health/");
            }
        }
    }

    [Fact]
    public void Only_the_gateway_may_ask_a_model_server_and_nobody_its_administration()
    {
        var policies = All(new()).Where(manifest => manifest.Kind == ResourceKind.NetworkPolicy).ToDictionary(
            manifest => manifest.Name, manifest => manifest.Content["spec"]!["ingress"]![0]!);

        policies["tiny-m1"]["from"]![0]!["podSelector"]!["matchLabels"]!["app.kubernetes.io/component"]!.ToString().ShouldBe("gateway");
        policies["tiny-gateway"]["ports"]!.AsArray().Select(port => (int)port!["port"]!).ShouldBe([8080, 8082]);
    }

    [Theory]
    [InlineData(2, 6, true)]
    [InlineData(3, 3, false)]
    public void Whoever_scales_says_how_many_there_are(int least, int most, bool scaled)
    {
        var all = All(new() { MinimumReplicas = least, MaximumReplicas = most });

        all.Any(manifest => manifest.Kind == ResourceKind.Autoscaler).ShouldBe(scaled);
        var model = all.Single(manifest => manifest.Kind == ResourceKind.Deployment && manifest.Name == "tiny-m1");
        ((int?)model.Content["spec"]!["replicas"]).ShouldBe(scaled ? null : least);
    }

    [Fact]
    public void What_is_printed_shows_no_token()
    {
        var text = ManifestText.Of(All(new()));

        text.ShouldContain("kind: HTTPRoute");
        text.ShouldContain("*** (made at the first deployment)");
        text.ShouldNotContain("t0ken");
        text.ShouldNotContain(Convert.ToBase64String("t0ken"u8));
    }

    /// <summary>The API server of the test kit refuses what the client's types, made from the published definitions, do not know.</summary>
    [Fact]
    public async Task An_api_server_takes_all_of_them_as_they_are_and_twice()
    {
        await using var server = await FakeApiServer.StartAsync();
        var settings = new KubernetesSettings { ConfigFile = server.ConfigFile };
        using var cluster = new Cluster(
            settings, ClusterAccess.Of(settings, new Dictionary<string, string>()), false, TimeProvider.System);

        for (var time = 0; time < 2; time++)
        {
            foreach (var manifest in All(new()))
            {
                await cluster.ApplyAsync(manifest, CancellationToken.None);
            }
        }

        server.Objects.List("deployments", FakeApiServer.Space, Names.Selector)
            .Select(deployment => (long)deployment["metadata"]!["generation"]!).ShouldBe([1, 1]);
    }

    [KubectlFact]
    public async Task Kubectl_takes_what_is_printed_and_sees_what_was_applied()
    {
        await using var server = await FakeApiServer.StartAsync();
        await File.WriteAllTextAsync(_folder["all.yaml"], ManifestText.Of(All(new())));

        var (code, said) = await KubectlAsync(
            server, "apply", "--server-side", "--validate=false", "--field-manager=mlopsbuild", "-f", _folder["all.yaml"]);

        code.ShouldBe(0, said);
        said.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldAllBe(line => line.EndsWith("serverside-applied", StringComparison.Ordinal));
        var (_, listed) = await KubectlAsync(server, "get", "deployments,httproutes", "-o", "name");
        listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "deployment.apps/tiny-gateway", "deployment.apps/tiny-m1", "httproute.gateway.networking.k8s.io/tiny"
        ]);
    }

    private static List<Manifest> All(KubernetesSettings settings)
    {
        settings = settings with { Gateway = "edge" };
        var servers = new ServerManifests(Names, settings);
        var options = new GatewayOptions(new("id", "t0ken", "", "", "", Created), "Tiny", 8080, 7, "/state/routes.json", "feedback");
        return
        [
            .. servers.Model(Version, "tiny-m1", Created, settings.MinimumReplicas),
            .. new GatewayManifests(Names, settings, servers).Of(Image, options, Created),
            CallerRoute.Of(Names, settings, 5),
        ];
    }

    private static async Task<(int Code, string Said)> KubectlAsync(FakeApiServer server, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            ProgramOnPath.Find("kubectl")!, ["--kubeconfig", server.ConfigFile, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
