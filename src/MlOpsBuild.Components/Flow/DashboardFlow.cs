using System.Security.Cryptography;
using MlOpsBuild.Components.Agents;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Dashboard;

namespace MlOpsBuild.Components.Flow;

/// <summary>Store and environments → a page on this machine, until it is stopped.</summary>
internal static class DashboardFlow
{
    private const int TokenBytes = 24;

    public static async Task ServeAsync(RunSession session, int? port, CancellationToken cancellationToken)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        await using var server = new DashboardServer(
            new(port ?? 0, token), new DashboardBuild(session, BuildCall.Of(session)), session.Time);
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (IOException problem)
        {
            throw new UsageException(new Finding(
                "MLB7091", "The page's port cannot be opened", "--dashboard-port",
                port?.ToString(System.Globalization.CultureInfo.InvariantCulture), "a port that nobody uses",
                $"leave it out for a free one ({problem.Message})"));
        }

        session.Output.Good($"open {server.Address}");
        session.Output.Line("on this machine only; the part behind # is the token, for whoever may roll back and deploy. Ctrl-C ends it.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, session.Time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
    }
}
