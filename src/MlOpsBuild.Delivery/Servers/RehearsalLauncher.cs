using System.Diagnostics;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Answers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>Starts rehearsal traffic: processes of the build, wherever the versions serve.</summary>
public sealed class RehearsalLauncher(ServerProgram program, EnvironmentFolder folder)
{
    /// <summary>Processes started by this launcher.</summary>
    public int Started { get; private set; }

    /// <summary>
    /// Starts one; it ends when the returned process's standard input is closed, and leaves <c>result.json</c> in its folder.
    /// </summary>
    /// <param name="port">The gateway's port.</param>
    /// <param name="rows">File with the rows to ask with.</param>
    /// <param name="classes">The classes of the answers, or null.</param>
    /// <param name="rating">How answers that are texts are rated, or null.</param>
    /// <param name="rate">Requests a second.</param>
    /// <param name="seed">Seed of the order of the rows.</param>
    /// <param name="cancellationToken">Stops before it is started.</param>
    public async Task<Process> StartAsync(
        int port, string rows, ClassSet? classes, AnswerRating? rating, double rate, long seed, CancellationToken cancellationToken)
    {
        Started++;
        var own = Directory.CreateDirectory(Path.Combine(folder.Path, "rehearsal", Guid.NewGuid().ToString("N"))).FullName;
        var options = new RehearsalOptions(
            port, rows, rate, seed, Path.Combine(own, "result.json"),
            await folder.FeedbackTokenAsync(cancellationToken)) { Classes = classes, Rating = rating };
        return ServerProcess.Start(
            program.Command, "rehearse", await EnvironmentFolder.WriteAsync(own, options, cancellationToken), keepsInput: true);
    }
}
