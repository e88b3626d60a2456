using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Sharing.Tests;

namespace MlOpsBuild.Store.Git.Tests;

/// <summary>What is written with one process of real git is read back with another, whatever it is.</summary>
public sealed class FastImportTests
{
    private const int Commits = 5;
    private const int Names = 12;

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public async Task A_branch_holds_what_was_written_and_not_taken_away(ulong seed)
    {
        using var team = await TeamFixture.CreateAsync();
        var branch = await BranchAsync(team);
        var random = new SplitMix64(seed);
        var expected = new Dictionary<string, byte[]>();
        string? head = null;
        for (var commit = 0; commit < Commits; commit++)
        {
            var changes = Changes(random, expected);
            head = await branch.CommitAsync(head, changes, "tester", "facts\n", DateTimeOffset.UnixEpoch, CancellationToken.None);
            foreach (var change in changes)
            {
                _ = change.Content == null ? expected.Remove(change.Path) : (expected[change.Path] = change.Content) != null;
            }

            var listed = await branch.ListAsync(head, CancellationToken.None);
            listed.Keys.ShouldBe(expected.Keys, ignoreOrder: true);
            listed.ShouldAllBe(file => file.Value == GitObject.IdOf(expected[file.Key]));
            string[] asked = [.. listed.Values.Reverse(), new('0', 40), .. listed.Values];
            var contents = await branch.ReadAsync(asked, CancellationToken.None);
            contents.Count.ShouldBe(asked.Length);
            foreach (var (id, content) in asked.Zip(contents))
            {
                (content == null ? null : GitObject.IdOf(content)).ShouldBe(id == asked[listed.Count] ? null : id);
            }
        }
    }

    [Theory]
    [InlineData("Ann <ann@example.invalid>")]
    [InlineData("line\nend")]
    [InlineData("Jürgen")]
    [InlineData("")]
    public async Task Any_author_can_write(string author)
    {
        using var team = await TeamFixture.CreateAsync();
        var branch = await BranchAsync(team);

        var commit = await branch.CommitAsync(null, [new("a", [1])], author, "facts\n", DateTimeOffset.UnixEpoch, CancellationToken.None);

        (await branch.ListAsync(commit, CancellationToken.None)).Keys.ShouldBe(["a"]);
    }

    private static async Task<StateBranch> BranchAsync(TeamFixture team)
    {
        var branch = StateBranch.At(team["store"], team.Options(team.Remote.FileUrl.AbsoluteUri), TimeProvider.System);
        await branch.MendAsync(CancellationToken.None);
        return branch;
    }

    // Files of all kinds of bytes, new, changed and taken away.
    private static List<TreeChange> Changes(SplitMix64 random, Dictionary<string, byte[]> present)
    {
        var changes = new List<TreeChange>();
        for (var name = 0; name < Names; name++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"runs/{name % 3}/Länge {name}.json");
            var turn = random.NextDouble();
            if (turn < 0.2 && present.ContainsKey(path))
            {
                changes.Add(new(path, null));
            }
            else if (turn < 0.8)
            {
                var content = new byte[(int)(random.NextDouble() * random.NextDouble() * 2000)];
                for (var index = 0; index < content.Length; index++)
                {
                    content[index] = random.NextDouble() < 0.2 ? (byte)'\n' : (byte)(random.NextDouble() * 256);
                }

                changes.Add(new(path, content));
            }
        }

        return changes;
    }
}
