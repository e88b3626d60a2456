using System.Diagnostics;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Programs;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>
/// The build program that deployed what serves. A machine that knows a deployment only from the team's state (a fresh runner) acts with
/// that program, not with whatever is checked out there.
/// </summary>
public sealed class DeployingProgram(MlOpsStore store, string ownFolder, IReadOnlyDictionary<string, string> variables)
{
    private const string Acting = "MLOPS_ACTING_PROGRAM";

    /// <summary>The assembly to act with instead of this program; null when this one is right or the other is not known.</summary>
    /// <exception cref="StageFailedException">It is known and cannot be had.</exception>
    public async Task<string?> FindAsync(string pipeline, CancellationToken cancellationToken)
    {
        if (variables.ContainsKey(Acting) || await store.Versions(pipeline).ResolveAsync(Deployer.Champion, cancellationToken) is not { } champion)
        {
            return null;
        }

        var deployment = (await new DeploymentStore(store).OfAsync(pipeline, cancellationToken))
            .FirstOrDefault(record => record.Version == champion.Number && record.PutInPlace);
        return deployment is { Program: { } program } && deployment.Origin != store.Origin && store.Programs.Knows(program) && await ProgramStore.DigestOfAsync(ownFolder, cancellationToken) != program
            ? await store.Programs.RestoreAsync(program, cancellationToken)
            : null;
    }

    /// <summary>Runs the program with this build's own words; its exit code.</summary>
    public async Task<int> RunAsync(string assembly, IReadOnlyList<string> arguments, string root, IProgress<string> lines, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, [assembly, .. arguments]) { WorkingDirectory = root };
        start.Environment.Clear();
        foreach (var (name, value) in variables.Where(variable => variable.Key is not "MLOPS_START_SCRIPT" and not "MLOPS_REBUILD"))
        {
            start.Environment[name] = value;
        }

        start.Environment["MLOPS_ROOT"] = root;
        start.Environment[Acting] = "1";

        // Not its children: a model server it has just started may have the traffic already.
        return await RelayedProcess.RunAsync(start, lines, killsChildren: false, cancellationToken);
    }
}
