using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Versions.Tests;

public sealed class PredecessorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly VersionRegistry _registry;

    public PredecessorsTests() => _registry = MlOpsStore.At(_folder.Path, new ManualTime()).Versions("Demand");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "")]
    [InlineData("+1", "")]
    [InlineData("+1 +2", "1")]
    [InlineData("+1 +2 +3", "2 1")]
    [InlineData("+1 +2 +3 -2", "1")]
    [InlineData("+1 +2 +3 -2 +4", "2 1")]
    [InlineData("+1 +2 +3 -2 -1", "")]
    [InlineData("+1 +2 +3 -1", "")]
    [InlineData("+1 +2 -1 +3 -1 +4", "1")]
    public async Task An_alias_can_go_back_to_what_was_promoted_and_not_taken_back(string moves, string expected) =>
        (await AfterAsync(moves)).ShouldBe(expected);

    [Theory]
    [InlineData("+1 +2 +1", "2")]
    [InlineData("+1 +1", "")]
    public async Task The_version_an_alias_names_is_not_one_to_go_back_to(string moves, string expected) =>
        (await AfterAsync(moves)).ShouldBe(expected);

    [Fact]
    public async Task A_version_that_was_rolled_back_is_not_gone_back_to_although_it_was_promoted_before() =>
        (await AfterAsync("+1 +2 +1 -2")).ShouldBe("");

    [Fact]
    public async Task Moves_of_another_alias_do_not_count()
    {
        await _registry.MoveAsync("challenger", null, 9, AliasMoveKind.Promote, "tester", "because", CancellationToken.None);

        (await AfterAsync("+1 +2")).ShouldBe("1");
    }

    /// <summary>Makes <paramref name="moves"/> (+ promotes, - rolls back) and tells the predecessors, nearest first.</summary>
    private async Task<string> AfterAsync(string moves)
    {
        int? current = null;
        foreach (var move in moves.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var kind = move[0] == '+' ? AliasMoveKind.Promote : AliasMoveKind.Rollback;
            current = (await _registry.MoveAsync(
                "champion", current, int.Parse(move[1..]), kind, "tester", "because", CancellationToken.None)).To;
        }

        return string.Join(' ', await _registry.PredecessorsAsync("champion", CancellationToken.None));
    }
}
