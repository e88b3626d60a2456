using System.Globalization;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>The branches of a fake host, each with its files, and the changes that are proposed from them.</summary>
public sealed class FakeBranches
{
    /// <summary>The branch that changes go to.</summary>
    public const string Default = "main";

    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _trees = [];
    private readonly Dictionary<string, (string Tree, string? Parent)> _commits = [];
    private readonly Dictionary<string, string> _heads = [];
    private readonly List<FakeChange> _changes = [];
    private int _next = 1;

    internal FakeBranches() =>
        _heads[Default] = Commit(Tree(new Dictionary<string, string> { ["README.md"] = "# Shop\n" }), null);

    /// <summary>Names of the branches.</summary>
    public IReadOnlyCollection<string> Names => _heads.Keys;

    /// <summary>The changes that were proposed.</summary>
    public IReadOnlyList<FakeChange> Changes => [.. _changes];

    /// <summary>The files of a branch.</summary>
    public IReadOnlyDictionary<string, string> Files(string branch) => _trees[_commits[_heads[branch]].Tree];

    /// <summary>Whether a branch is one commit ahead of the default branch.</summary>
    public bool IsOneAhead(string branch) => _commits[_heads[branch]].Parent == _heads[Default];

    internal string? HeadOf(string branch) => _heads.GetValueOrDefault(branch);

    internal bool Knows(string commit) => _commits.ContainsKey(commit);

    internal bool KnowsTree(string tree) => _trees.ContainsKey(tree);

    internal IReadOnlyDictionary<string, string> Under(string commitOrTree) =>
        _trees[_commits.TryGetValue(commitOrTree, out var commit) ? commit.Tree : commitOrTree];

    internal string Tree(IReadOnlyDictionary<string, string> files)
    {
        var id = NewId();
        _trees[id] = files;
        return id;
    }

    internal string Commit(string tree, string? parent)
    {
        var id = NewId();
        _commits[id] = (tree, parent);
        return id;
    }

    internal void Move(string branch, string commit) => _heads[branch] = commit;

    internal FakeChange Propose(string branch, string title, string body)
    {
        var change = new FakeChange(_changes.Count + 1, branch) { Title = title, Body = body };
        _changes.Add(change);
        return change;
    }

    internal FakeChange? Find(string number) => _changes.Find(change => $"{change.Number}" == number);

    private string NewId() => (_next++).ToString("x40", CultureInfo.InvariantCulture);
}
