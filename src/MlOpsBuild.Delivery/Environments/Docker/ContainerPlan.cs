using System.Globalization;
using Docker.DotNet.Models;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Docker;

/// <summary>What the engine is asked for: containers that may do no more than they need.</summary>
/// <param name="names">How things are called.</param>
/// <param name="limits">What each may use.</param>
/// <param name="time">The clock.</param>
internal sealed class ContainerPlan(ContainerNames names, ContainerLimits limits, TimeProvider time)
{
    /// <summary>Folder of the gateway's volume.</summary>
    public const string State = "/state";

    private const double Billion = 1e9;

    /// <summary>A model server of <paramref name="version"/>; the engine does not start it again before somebody is served by it.</summary>
    public CreateContainerParameters Model(string image, int version, string host, IReadOnlyList<string> variables)
    {
        var container = Container(image, names.Model(version, host), ContainerNames.ModelRole, host);
        container.Env = [.. variables];
        Publish(container, ContainedModelOptions.UsualPort, 0);
        return container;
    }

    /// <summary>A gateway on <paramref name="port"/>: any image with the server program will do, its model is not read.</summary>
    public CreateContainerParameters Gateway(string image, int port, string optionsFile)
    {
        var container = Container(image, names.Gateway, ContainerNames.GatewayRole, ContainerNames.GatewayRole);
        container.Cmd = ["contain-gateway", optionsFile];
        container.Env = [$"{GatewayOptions.ProfileVariable}=1"];
        container.HostConfig.RestartPolicy = Kept;
        container.HostConfig.Mounts = [new() { Type = "volume", Source = names.Volume, Target = State }];
        Publish(container, ContainedModelOptions.UsualPort, port);
        Publish(container, ContainedModelOptions.UsualAdminPort, 0);
        return container;
    }

    /// <summary>
    /// For a server that serves somebody, or is kept warm: the engine starts it again when it ends by itself, and after a reboot.
    /// </summary>
    public static RestartPolicy Kept => new() { Name = RestartPolicyKind.UnlessStopped };

    /// <summary>How the engine calls a container's port.</summary>
    public static string Key(int port) => string.Create(CultureInfo.InvariantCulture, $"{port}/tcp");

    private CreateContainerParameters Container(string image, string name, string role, string host) => new()
    {
        Image = image,
        Name = name,
        Labels = new Dictionary<string, string>(names.Labels)
        {
            [ContainerNames.Role] = role, [ContainerNames.Host] = host,
            [ContainerNames.Created] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)
        },
        ExposedPorts = new Dictionary<string, EmptyStruct>(),
        HostConfig = new()
        {
            ReadonlyRootfs = true,
            CapDrop = ["ALL"],
            SecurityOpt = ["no-new-privileges"],
            Memory = limits.MemoryMebibytes * ContainerLimits.Mebibyte,
            MemorySwap = limits.MemoryMebibytes * ContainerLimits.Mebibyte,
            NanoCPUs = (long)(Math.Min(limits.Processors, Environment.ProcessorCount) * Billion),
            PidsLimit = limits.Threads,
            LogConfig = new() { Type = "json-file", Config = new Dictionary<string, string> { ["max-size"] = "4m", ["max-file"] = "2" } },

            // The name of a container that is gone is asked of the world outside, for ten seconds unless somebody says less.
            DNSOptions = ["timeout:1", "attempts:1"],
            PortBindings = new Dictionary<string, IList<PortBinding>>(),
        },
        NetworkingConfig = new()
        {
            EndpointsConfig = new Dictionary<string, EndpointSettings> { [names.Network] = new() { Aliases = [host] } }
        },
    };

    // On loopback only: who may come from elsewhere is decided by what stands before the gateway.
    private static void Publish(CreateContainerParameters container, int port, int published)
    {
        var key = Key(port);
        container.ExposedPorts[key] = default;
        container.HostConfig.PortBindings[key] =
            [new() { HostIP = "127.0.0.1", HostPort = published == 0 ? "" : published.ToString(CultureInfo.InvariantCulture) }];
    }
}
