namespace MlOpsBuild.Reporting.Publishing.Bitbucket;

/// <summary>
/// Approvals on Bitbucket; the token needs <c>pullrequest</c>, and <c>repository:admin</c> to be told who may write. Bitbucket does not
/// tell for which commit an approval was given: whether it takes approvals back after a push is a setting of the repository.
/// </summary>
internal sealed class BitbucketReviews(HostRequests requests, CodeHostContext context) : ICommitReviews
{
    // Commits are told by their first twelve digits.
    private const int ToldDigits = 12;
    private readonly BitbucketHost _host = new(requests, context);
    private readonly string _repository = BitbucketHost.Repository(context);

    public string Name => "Bitbucket";

    public async Task<IReadOnlyList<CommitReview>> OfAsync(string commit, string branch, CancellationToken cancellationToken)
    {
        var reviews = new List<CommitReview>();
        var found = await requests.FindAsync($"{_repository}/commit/{Uri.EscapeDataString(commit)}/pullrequests?pagelen=50", cancellationToken);
        foreach (var listed in found?.Json.Items("values") ?? [])
        {
            var number = listed["id"]!.GetValue<int>();
            var pull = (await requests.GetAsync(FormattableString.Invariant($"{_repository}/pullrequests/{number}"),
                cancellationToken)).Json;
            if (pull.Text("state") != "MERGED" || pull["destination"]?["branch"].Text("name") != branch
                || !(Is(commit, pull["merge_commit"].Text("hash")) || Is(commit, pull["source"]?["commit"].Text("hash"))))
            {
                continue;
            }

            var approvers = new List<string>();
            foreach (var person in pull.Items("participants").Where(person => person.Says("approved"))
                .Select(person => person["user"].Text("uuid")).OfType<string>())
            {
                approvers.AddRange(await _host.MayWriteAsync(person, cancellationToken) ? [person] : []);
            }

            reviews.Add(new(number, pull["author"].Text("uuid") ?? "", approvers));
        }

        return reviews;
    }

    private static bool Is(string commit, string? told) =>
        told?.Length >= ToldDigits && commit.StartsWith(told, StringComparison.OrdinalIgnoreCase);
}
