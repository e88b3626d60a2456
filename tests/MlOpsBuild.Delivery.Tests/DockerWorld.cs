using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Environments.Docker;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Tests;

/// <summary>A world with containers of Debian's engine.</summary>
internal sealed class DockerWorld(ContainerFixture containers, ContainerLimits? limits = null)
    : DeliveryWorld(containers.Program, DockerEnvironment.Name, null)
{
    private DockerEnvironment? _environment;

    public DockerEngine Engine => containers.Engine;

    public override IEnvironment Environment => _environment ??= Open();

    public override IEnvironment Reopen() => Open();

    public override async Task<ModelVersion> RegisterAsync(int variant)
    {
        var version = await base.RegisterAsync(variant);
        await TinyImage.MakeAsync(Store, version, containers);
        return version;
    }

    public override async Task KillAsync(ServerInstance instance) => (await Engine.RunAsync("kill", instance.Container!)).Code.ShouldBe(0);

    public override async ValueTask DisposeAsync()
    {
        await Environment.StopAllAsync(CancellationToken.None);
        _environment!.Dispose();
        await base.DisposeAsync();
    }

    private DockerEnvironment Open() =>
        new(TinyModel.Pipeline, Store, Folder, Admin, new Uri(Engine.Host), limits ?? new(), TimeProvider.System);
}
