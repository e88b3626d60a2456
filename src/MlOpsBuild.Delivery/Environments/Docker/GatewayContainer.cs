using System.Formats.Tar;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Docker.DotNet.Models;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Docker;

/// <summary>
/// The gateway's container. Its options, with the tokens, and its routes lie in a volume that only it can read, so that they outlive it.
/// </summary>
internal sealed class GatewayContainer(
    string pipeline, ContainerEngine engine, ContainerNames names, ContainerPlan plan, ContainerStart start, EnvironmentFolder folder,
    AdminClient admin, TimeProvider time)
{
    private const string Folder = "gateway";
    private const string OptionsFile = $"{ContainerPlan.State}/{Folder}/options.json";
    private const string PredictionsFolder = $"{ContainerPlan.State}/{Folder}/predictions";
    private const string RoutesFile = $"{ContainerPlan.State}/{Folder}/routes.json";

    /// <summary>Gateways started so far.</summary>
    public int Started { get; private set; }

    /// <summary>The host's port at which <paramref name="port"/> of a container is published; 0 while it does not run.</summary>
    public static int Published(ContainerListResponse container, int port) =>
        container.Ports.FirstOrDefault(known => known.PrivatePort == port && known.PublicPort != 0)?.PublicPort ?? 0;

    /// <summary>The gateway among <paramref name="containers"/>, whether it answers or not; null where there is none.</summary>
    public async Task<ServerInstance?> FindAsync(IEnumerable<ContainerListResponse> containers, CancellationToken cancellationToken)
    {
        if (Among(containers) is not { } found)
        {
            return null;
        }

        var files = (await OptionsAsync(found.ID, cancellationToken))?.Files;
        return new(
            files?.Id ?? "", files?.Token ?? "", 0, Published(found, ContainedModelOptions.UsualPort),
            Published(found, ContainedModelOptions.UsualAdminPort), 0, found.Created,
            "") { Container = found.ID, Host = ContainerNames.GatewayRole };
    }

    /// <summary>The host's port that a gateway has, whether it runs or not; 0 when it is gone.</summary>
    public async Task<int> PortAsync(string container, CancellationToken cancellationToken) =>
        (await engine.InspectAsync(container, cancellationToken))
            ?.HostConfig.PortBindings.TryGetValue(ContainerPlan.Key(ContainedModelOptions.UsualPort), out var bindings)
            == true
        && int.TryParse(bindings[0].HostPort, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0;

    /// <summary>The routes that it kept last.</summary>
    public async Task<RouteTable?> RoutesAsync(CancellationToken cancellationToken) =>
        Among(await engine.ListAsync(names.Labels, cancellationToken)) is { } found
        && await engine.ReadAsync(found.ID, RoutesFile, cancellationToken) is { } content
            ? CanonicalJson.TryDeserialize<RouteTable>(content)
            : null;

    /// <summary>Copies what it keeps of predictions into <paramref name="target"/>, an empty folder; whether there is any.</summary>
    public async Task<bool> PredictionsAsync(string target, CancellationToken cancellationToken) =>
        Among(await engine.ListAsync(names.Labels, cancellationToken)) is { } found
        && await engine.CopyAsync(found.ID, PredictionsFolder, target, cancellationToken);

    /// <summary>Starts one from <paramref name="image"/>; it goes on with the routes that were in force.</summary>
    public async Task<ServerInstance> StartAsync(string image, int port, long seed, CancellationToken cancellationToken)
    {
        var options = await ContainedOptions.NewAsync(
            pipeline, $"{ContainerPlan.State}/{Folder}", seed, folder, time, cancellationToken);
        var container = await engine.CreateAsync(
            plan.Gateway(image, port != 0 ? port : FreePort(), OptionsFile), names.Labels, cancellationToken);
        try
        {
            await engine.WriteAsync(container, ContainerPlan.State, await ArchiveAsync(options, cancellationToken), cancellationToken);
            await engine.StartAsync(container, cancellationToken);
            Started++;
            await folder.RememberAsync(new(container, options, engine.Host), cancellationToken);
            return await WaitAsync(container, cancellationToken);
        }
        catch (Exception)
        {
            await engine.RemoveAsync(container, CancellationToken.None);
            throw;
        }
    }

    // The volume knows them; the engine takes a tenth of a second to look into it, which a rollback need not wait for.
    private async Task<GatewayOptions?> OptionsAsync(string container, CancellationToken cancellationToken)
    {
        if (folder.Contained() is { } known && known.Container == container)
        {
            return known.Options;
        }

        var options = await engine.ReadAsync(container, OptionsFile, cancellationToken) is { } content
            ? CanonicalJson.TryDeserialize<GatewayOptions>(content)
            : null;
        await (options == null ? Task.CompletedTask : folder.RememberAsync(new(container, options, engine.Host), cancellationToken));
        return options;
    }

    private async Task<ServerInstance> WaitAsync(string container, CancellationToken cancellationToken)
    {
        ServerInstance? gateway = null;
        return await start.WaitAsync(container, IsOursAsync, cancellationToken) is not var (end, said) ? gateway!
            : throw new StageFailedException(new Finding(
                "MLB5022", "The gateway does not start", $"container {container[..12]}",
                $"{end} {string.Join(" | ", said.TakeLast(1))}".Trim(), "a gateway that is ready within 20 s", "read what it says"));

        // Its ports are published a moment after it was started.
        async Task<bool> IsOursAsync(CancellationToken token)
        {
            gateway = await FindAsync(await engine.ListAsync(names.Labels, token), token);
            return gateway != null && await admin.IsOursAsync(gateway, token);
        }
    }

    private static ContainerListResponse? Among(IEnumerable<ContainerListResponse> containers) =>
        containers.FirstOrDefault(container => ContainerNames.Is(container, ContainerNames.GatewayRole));

    // Of the user that it runs as, and of nobody else.
    private static async Task<Stream> ArchiveAsync(GatewayOptions options, CancellationToken cancellationToken)
    {
        var archive = new MemoryStream();
        await using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            await writer.WriteEntryAsync(
                new UstarTarEntry(TarEntryType.Directory, Folder)
                {
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Uid = ImageStage.User,
                    Gid = ImageStage.User
                },
                cancellationToken);
            using var content = new MemoryStream(CanonicalJson.Serialize(options));
            await writer.WriteEntryAsync(
                new UstarTarEntry(TarEntryType.RegularFile, $"{Folder}/options.json")
                {
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite, Uid = ImageStage.User, Gid = ImageStage.User,
                    DataStream = content
                },
                cancellationToken);
        }

        archive.Position = 0;
        return archive;
    }

    // The engine would choose another one at every start, and callers would lose it.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
