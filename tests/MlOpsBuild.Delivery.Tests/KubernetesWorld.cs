using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Environments.Docker;
using MlOpsBuild.Delivery.Environments.Kubernetes;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit.Kubernetes;

namespace MlOpsBuild.Delivery.Tests;

/// <summary>A world with a cluster of its own.</summary>
internal sealed class KubernetesWorld(ContainerFixture containers, TestCluster cluster, KubernetesSettings settings)
    : DeliveryWorld(containers.Program, KubernetesEnvironment.Name, null)
{
    /// <summary>Whose objects are made.</summary>
    public const string Owner = "registry.example.com/acme/tiny";

    private KubernetesEnvironment? _environment;

    /// <summary>One server of each version, and callers come by the gateway <c>edge</c>.</summary>
    public static KubernetesSettings Usual { get; } = new()
    {
        MinimumReplicas = 1, MaximumReplicas = 1, Gateway = "infra/edge", Hostnames = ["tiny.example.com"], Memory = "128Mi",
        Patience = TimeSpan.FromMinutes(1), RoutePatience = TimeSpan.FromSeconds(5),
    };

    public TestCluster Cluster => cluster;

    public override IEnvironment Environment => _environment ??= Open();

    /// <summary>The environment, with what only this one can.</summary>
    public KubernetesEnvironment Kubernetes => (KubernetesEnvironment)Environment;

    public static async Task<KubernetesWorld> StartAsync(ContainerFixture containers, KubernetesSettings? settings = null)
    {
        var cluster = await TestCluster.StartAsync(containers.Engine);
        return new(containers, cluster, (settings ?? Usual) with { ConfigFile = cluster.Server.ConfigFile });
    }

    public override IEnvironment Reopen() => Open();

    /// <summary>As a build with other choices sees it.</summary>
    public KubernetesEnvironment Open(
        EnvironmentFolder? folder = null, Func<VersionImage, CancellationToken, Task<string>>? publish = null,
        string? owner = Owner) => new(
        TinyModel.Pipeline, Store, folder ?? Folder, Admin, settings, new(owner, publish ?? PublishAsync), Variables, TimeProvider.System);

    /// <summary>What a server of a version needs.</summary>
    public Task<ServedModel> ModelAsync(ModelVersion version) => ServedModel.OfAsync(Store, version, CancellationToken.None);

    public override async Task<ModelVersion> RegisterAsync(int variant)
    {
        var version = await base.RegisterAsync(variant);
        await TinyImage.MakeAsync(Store, version, containers);
        return version;
    }

    /// <summary>Kills every container of a server.</summary>
    public override async Task KillAsync(ServerInstance instance)
    {
        foreach (var (name, _) in cluster.Node.Running.Where(pod => (string?)pod.Labels["mlopsbuild.dev/host"] == instance.Host).ToList())
        {
            await cluster.Node.KillAsync(name);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _environment?.Dispose();
        await cluster.DisposeAsync();
        await base.DisposeAsync();
    }

    // What a registry is for: nodes have it by its digest.
    private async Task<string> PublishAsync(VersionImage image, CancellationToken cancellationToken)
    {
        var reference = $"{Owner}@{image.Manifest}";
        var id = await image.IdAsync(Store, cancellationToken);
        using var engine = new ContainerEngine(new Uri(containers.Engine.Host));
        await engine.LoadAsync(id, (stream, token) => image.WriteAsync(Store, stream, token), cancellationToken);
        cluster.Node.Images[reference] = id;
        return reference;
    }
}
