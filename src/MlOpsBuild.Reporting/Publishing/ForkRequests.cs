using System.Globalization;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>
/// Finds the pull request of a fork from what the host itself says of the run: owner, branch and commit. Nothing that the fork's build
/// wrote decides where its report goes.
/// </summary>
/// <param name="http">The connection.</param>
/// <param name="context">What is being built.</param>
/// <param name="time">The clock of pauses.</param>
public sealed class ForkRequests(HttpClient http, CodeHostContext context, TimeProvider time)
{
    private readonly HostRequests _requests = new(http, time);

    /// <summary>The number of the open request whose newest commit was built; null when there is none any more.</summary>
    /// <exception cref="HostRefusedException">The host does not tell.</exception>
    public async Task<int?> FindAsync(ForkHead fork, CancellationToken cancellationToken)
    {
        var head = Uri.EscapeDataString($"{fork.Owner}:{fork.Branch}");
        var answer = await _requests.SendAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"repos/{context.Project}/pulls?state=open&head={head}&per_page=100"), null, cancellationToken);
        return answer.Json.AsArray().Where(pull => pull?["head"]?["sha"]?.GetValue<string>() == context.Commit).Select(pull => (int?)pull!["number"]!.GetValue<int>()).FirstOrDefault();
    }
}
