using MlOpsBuild.Core;
using MlOpsBuild.Store.Sharing;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Session.Tests;

public sealed class SyncLinesTests
{
    private readonly KeptOutput _output = new();

    [Fact]
    public void An_exchange_that_brought_nothing_says_nothing()
    {
        Write(new() { Attempts = 1, Unsent = 3 });

        _output.All.ShouldBeEmpty();
    }

    [Fact]
    public void What_came_and_what_went_is_counted()
    {
        Write(new() { Received = 1, Sent = 1234, BlobsSent = 5, Attempts = 3 });

        _output.All.ShouldBe(["taken over from the team: 1 fact", "shared with the team: 1,234 facts and 5 blobs, at attempt 3"]);
        _output.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Facts_without_content_at_the_first_attempt_are_only_counted()
    {
        Write(new() { Sent = 2, Attempts = 1 });

        _output.All.ShouldBe(["shared with the team: 2 facts"]);
    }

    [Fact]
    public void A_number_that_changed_is_worth_a_warning()
    {
        Write(new() { Renumbered = [new("BikeDemand", 2, 4)] });

        _output.Warnings.ShouldHaveSingleItem().ShouldStartWith("BikeDemand v2 of this machine is v4 now");
    }

    [Fact]
    public void A_move_that_came_too_late_says_whose_stands()
    {
        var at = DateTimeOffset.UnixEpoch;
        Write(new()
        {
            RefusedMoves = [new(
                "BikeDemand", new("champion", 1, 2, AliasMoveKind.Promote, at, "ann", "mine"),
                new("champion", 1, 3, AliasMoveKind.Promote, at, "bob", "theirs"))]
        });

        _output.Warnings.ShouldHaveSingleItem()
            .ShouldBe("BikeDemand: this machine's move of 'champion' to v2 came too late; bob had moved it to v3 (theirs)");
    }

    [Fact]
    public void A_version_that_cannot_travel_is_a_warning_and_a_stages_file_is_not()
    {
        Write(new()
        {
            Oversized =
            [
                new(Digest.Of("model"), 5_000_000, "registry/BikeDemand/versions/00001.json"),
                new(Digest.Of("rows"), 7_000_000, "stages/ab/abc.json")
            ],
        });

        _output.Warnings.ShouldHaveSingleItem().ShouldContain("no other machine can serve this version");
        _output.All.Count.ShouldBe(2);
        _output.All[1].ShouldContain($"{Digest.Of("rows").Abbreviated} (7,000,000 bytes)");
        _output.All[1].ShouldNotContain(Digest.Of("model").Abbreviated);
    }

    [Fact]
    public void A_remote_that_does_not_answer_and_one_that_may_not_be_written_are_told_apart()
    {
        Write(new() { Reached = false, Problem = "no route" });
        Write(new() { ReadOnly = true, Problem = "protected" });

        _output.Warnings.ShouldBe(
        [
            "The team's state does not answer (no route): going on with what this machine has.",
            "The team's state is read-only for this build (protected): results stay on this machine."
        ]);
    }

    [Fact]
    public void What_is_only_here_is_told_at_the_end_of_a_build()
    {
        Write(new() { Unsent = 1 }, tellsUnsent: true);

        _output.Warnings.ShouldHaveSingleItem().ShouldBe("not shared yet: 1 fact; the next build, or ./build.sh Sync, sends them");
    }

    [Fact]
    public void Every_finding_is_a_warning()
    {
        Write(new()
        {
            Findings =
            [
                new("MLB0000", "A shared fact is damaged", "runs/1.json"),
                new("MLB0000", "This machine's audit log was changed or cut", "audit.jsonl")
            ]
        });

        _output.Warnings.ShouldBe(
        [
            "runs/1.json: A shared fact is damaged [MLB0000]", "audit.jsonl: This machine's audit log was changed or cut [MLB0000]"
        ]);
    }

    private void Write(SyncReport report, bool tellsUnsent = false) => SyncLines.Write(_output, report, tellsUnsent);
}
