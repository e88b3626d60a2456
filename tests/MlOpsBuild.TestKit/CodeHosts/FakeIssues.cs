namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>The issues of a fake host.</summary>
internal sealed class FakeIssues
{
    private readonly List<FakeIssue> _issues = [];

    public IReadOnlyList<FakeIssue> All => [.. _issues];

    public FakeIssue? Find(string number) => _issues.Find(issue => $"{issue.Number}" == number);

    public FakeIssue Add(string title, string body, IReadOnlyList<string> labels)
    {
        var issue = new FakeIssue(_issues.Count + 1, title, body) { Labels = labels };
        _issues.Add(issue);
        return issue;
    }

    /// <summary>Open ones with all these labels, the newest first.</summary>
    public IEnumerable<FakeIssue> Open(string? labels) => _issues
        .Where(issue => issue.IsOpen && (labels ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).All(issue.Labels.Contains))
        .Reverse();
}
