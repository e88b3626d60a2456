using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>Tries again after failures that may pass, ever more slowly, and says at the end what they were.</summary>
internal sealed class RegistryAttempts(RegistryAddress address, RegistryOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SplitMix64 _jitter = new(options.Seed);

    /// <summary>Runs <paramref name="attempt"/> until it succeeds, fails for good, or failed too often without getting further.</summary>
    /// <param name="doing">What it does, for findings: <c>push blob …</c>.</param>
    /// <param name="reached">How far the attempts got, in bytes; getting further starts the count of failures anew.</param>
    /// <param name="attempt">One attempt, which goes on where the last one ended.</param>
    /// <param name="cancellationToken">Stops the attempt or the pause at once.</param>
    public async Task<T> RunAsync<T>(
        string doing, Func<long> reached, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var failures = new List<TransientFailureException>();
        var best = reached();
        while (true)
        {
            try
            {
                return await attempt(cancellationToken);
            }
            catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException)
            {
                // Whatever a cancelled connection throws, the caller gets back the token it gave.
                cancellationToken.ThrowIfCancellationRequested();
                if (reached() > best)
                {
                    failures.Clear();
                    best = reached();
                }

                failures.Add(Describe(problem));
            }

            if (failures.Count >= options.Attempts || failures[^1].RetryAfter > options.LongestRetryAfter)
            {
                throw GivenUp(doing, failures);
            }

            await Task.Delay(Pause(failures), time, cancellationToken);
        }
    }

    private static TransientFailureException Describe(Exception problem) => problem switch
    {
        TransientFailureException known => known,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new("host name not found", answered: false),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } refused =>
            new($"no connection: {RegistryErrors.OneLine(refused.Message)}", answered: false),
        _ => new("connection cut", answered: false),
    };

    // At least half of the doubled pause, so that a registry in trouble is left alone, and never less than it asks for.
    private TimeSpan Pause(List<TransientFailureException> failures)
    {
        var doubled = Math.Min(options.FirstDelay.TotalSeconds * Math.Pow(2, failures.Count - 1), options.LongestDelay.TotalSeconds);
        lock (_gate)
        {
            doubled *= (1 + _jitter.NextDouble()) / 2;
        }

        return TimeSpan.FromSeconds(Math.Max(doubled, failures[^1].RetryAfter?.TotalSeconds ?? 0));
    }

    private StageFailedException GivenUp(string doing, List<TransientFailureException> failures)
    {
        var kinds = failures.GroupBy(failure => failure.Message)
            .Select(kind => kind.Count() == 1 ? kind.Key : $"{kind.Count()} times {kind.Key}");
        var wait = failures[^1].RetryAfter;
        var patient = wait <= options.LongestRetryAfter || wait is null;
        var finding = new Finding(
            "MLB3020",
            patient
                ? $"Could not {doing} in {failures.Count} attempts"
                : $"Could not {doing}: the registry asks to come back in {wait!.Value.TotalSeconds:0} s",
            address.ToString(),
            string.Join("; ", kinds),
            "an answer",
            failures[^1].Answered
                ? "look at the registry's log or its limits and run again; what is complete there is not sent again"
                : "check that the registry runs and can be reached from here, and run again; what is complete there is not sent again");
        return new(finding.What, [finding], Verdict.Error, failures[^1]);
    }
}
