using System.Text;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>
/// A unit of the user's systemd that starts the gateway after a reboot; the gateway has its routes in a file and starts its servers.
/// </summary>
public static class SystemdUnit
{
    /// <summary>Writes the unit for the gateway of <paramref name="folder"/>; its path.</summary>
    public static async Task<string> WriteAsync(
        string pipeline, EnvironmentFolder folder, ServerInstance gateway, IReadOnlyDictionary<string, string> variables,
        CancellationToken cancellationToken)
    {
        var options = Core.CanonicalJson.Deserialize<GatewayOptions>(await File.ReadAllBytesAsync(gateway.OptionsFile, cancellationToken));
        var command = string.Join(' ', options.Files.Command.Line().Select(part => $"\"{part}\""));
        var path = Path.Combine(
            RuntimeFolder.HomeOf("XDG_CONFIG_HOME", ".config", variables), "systemd", "user",
            $"{Path.GetFileName(Path.GetDirectoryName(folder.Path))}-{pipeline}.service");
        await AtomicFile.WriteAsync(path, Encoding.UTF8.GetBytes($"""
            [Unit]
            Description=MlOpsBuild: {pipeline} on {LocalEnvironment.Name}
            After=network.target

            [Service]
            Type=exec
            Environment={GatewayOptions.ProfileVariable}=1
            ExecStart={command} gateway "{gateway.OptionsFile}" {gateway.Port}
            KillMode=process
            Restart=on-failure
            RestartSec=2

            [Install]
            WantedBy=default.target

            """), cancellationToken);
        return path;
    }
}
