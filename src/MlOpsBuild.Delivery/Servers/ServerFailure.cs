using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>Says why a server did not start, from its own log.</summary>
internal static class ServerFailure
{
    public static FindingsException From(string logFile, string log)
    {
        var problem = log.Split('\n').FirstOrDefault(line => line.Contains("failed:", StringComparison.Ordinal));
        return log.Contains("address already in use", StringComparison.OrdinalIgnoreCase)
            ? new UsageException(new Finding(
                "MLB5016", "The port is in use", "--port", problem?[(problem.IndexOf("failed:", StringComparison.Ordinal) + 8)..],
                "a free port", "choose another --port, leave it out for a free one, or end what listens there"))
            : new StageFailedException(
                new Finding("MLB5029", "A server did not start", logFile, problem, "a ready server within 20 s", "read the log"));
    }
}
