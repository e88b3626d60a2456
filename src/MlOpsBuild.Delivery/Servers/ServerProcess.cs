using System.Diagnostics;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>
/// A process of the server program: own folder, no inherited handles, no secrets in its environment or its arguments but what its model
/// needs.
/// </summary>
internal static class ServerProcess
{
    /// <summary>Starts it.</summary>
    /// <param name="command">The program.</param>
    /// <param name="role">What it is to be.</param>
    /// <param name="optionsFile">What it is to do; it works in that file's folder.</param>
    /// <param name="keepsInput">Whether its standard input stays open: for one that ends when it is closed.</param>
    /// <param name="variables">Variables of the environment that its model needs.</param>
    public static Process Start(ServerCommand command, string role, string optionsFile, bool keepsInput,
        IReadOnlyList<string>? variables = null)
    {
        var line = command.Line(role, optionsFile);
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            WorkingDirectory = Path.GetDirectoryName(optionsFile)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        ChildEnvironment.Keep(start, variables);
        start.Environment[GatewayOptions.ProfileVariable] = role == "gateway" ? "1" : "0";
        start.Environment["DOTNET_gcServer"] = "0";
        var process = Process.Start(start)!;
        if (!keepsInput)
        {
            process.StandardInput.Close();
        }

        return process;
    }
}
