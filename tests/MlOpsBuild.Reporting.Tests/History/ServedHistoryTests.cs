using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Reporting.History.Tests;

public sealed class ServedHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 14, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<AliasMove> Moves = [Move(null, 1, 0), Move(1, 2, 60), Move(2, 1, 90, AliasMoveKind.Rollback)];

    [Theory]
    [InlineData(0, 1, 0, 60)]
    [InlineData(3, 1, 0, 60)]
    [InlineData(59, 1, 0, 60)]
    [InlineData(60, 2, 60, 90)]
    [InlineData(89, 2, 60, 90)]
    [InlineData(90, 1, 90, null)]
    [InlineData(9000, 1, 90, null)]
    public void The_version_is_the_one_the_alias_named_then(int minute, int version, int since, int? until)
    {
        var served = At(minute);

        (served.Version, served.Since, served.Until).ShouldBe((version, Minute(since), until is { } end ? Minute(end) : null));
        (served.Pipeline, served.At, served.Stopped).ShouldBe(("BikeDemand", Minute(minute), null));
        (served.Actor, served.Reason).ShouldBe(($"actor {since}", $"reason {since}"));
    }

    [Fact]
    public void Before_the_first_version_nothing_served_and_it_is_said_when_the_first_came()
    {
        var served = At(-1);

        (served.Version, served.Since, served.Until, served.Actor).ShouldBe((null, null, Minute(0), null));
    }

    [Fact]
    public void Where_no_version_ever_served_nothing_did()
    {
        var served = ServedHistory.At("BikeDemand", "local", [], [], Start);

        (served.Version, served.Until).ShouldBe((null, null));
    }

    [Fact]
    public void While_the_alias_named_nothing_nothing_served()
    {
        IReadOnlyList<AliasMove> moves = [Move(null, 1, 0), Move(1, null, 10), Move(null, 2, 20)];

        (
            ServedHistory.At("BikeDemand", "local", moves, [], Minute(15)).Version,
            ServedHistory.At("BikeDemand", "local", moves, [], Minute(15)).Until)
            .ShouldBe((null, Minute(20)));
        ServedHistory.At("BikeDemand", "local", moves, [], Minute(20)).Version.ShouldBe(2);
    }

    [Fact]
    public void A_moment_is_the_same_in_every_time_zone()
    {
        var elsewhere = Minute(75).ToOffset(TimeSpan.FromHours(9));

        ServedHistory.At("BikeDemand", "local", Moves, [], elsewhere).Version.ShouldBe(2);
    }

    [Fact]
    public void That_somebody_had_ended_the_processes_is_said_with_who_and_when()
    {
        var served = At(30, Entry(20, "stop"));

        served.Version.ShouldBe(1);
        served.Stopped.ShouldBe("BikeDemand/local was stopped by actor 20 at 2026-11-20 14:20:00 UTC");
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("rollback")]
    public void What_was_started_again_is_not_called_stopped(string action)
    {
        At(30, Entry(20, "stop"), Entry(25, action)).Stopped.ShouldBeNull();
        At(22, Entry(20, "stop"), Entry(25, action)).Stopped.ShouldNotBeNull();
    }

    [Fact]
    public void A_stop_that_came_later_or_of_another_pipeline_does_not_count()
    {
        At(30, Entry(31, "stop")).Stopped.ShouldBeNull();
        At(30, Entry(20, "stop") with { Subject = "Other/local" }).Stopped.ShouldBeNull();
        At(30, Entry(20, "stop") with { Subject = "BikeDemandSmall/local" }).Stopped.ShouldBeNull();
        At(30, Entry(20, "stop") with { Subject = "BikeDemand/docker" }).Stopped.ShouldBeNull("that is another environment");
    }

    [Fact]
    public void Entries_that_neither_stop_nor_start_do_not_count() =>
        At(30, Entry(20, "stop"), Entry(25, "monitor")).Stopped.ShouldNotBeNull();

    [Fact]
    public void At_every_moment_it_is_where_the_last_move_before_led() => Prop.ForAll(
        ArbMap.Default.ArbFor<PositiveInt[]>(), ArbMap.Default.ArbFor<int>(),
        (pauses, minute) =>
        {
            var moves = new List<AliasMove>();
            foreach (var pause in pauses)
            {
                moves.Add(Move(
                    moves.LastOrDefault()?.To, (moves.Count % 5) + 1,
                    (int)((moves.LastOrDefault()?.At ?? Start) - Start).TotalMinutes + pause.Get));
            }

            var last = moves.LastOrDefault(move => move.At <= Minute(minute));
            var served = ServedHistory.At("BikeDemand", "local", moves, [], Minute(minute));
            return served.Version == last?.To
                && served.Since == last?.At
                && served.Until == moves.FirstOrDefault(move => move.At > Minute(minute))?.At;
        }).QuickCheckThrowOnFailure();

    private static ServedThen At(int minute, params AuditEntry[] audit) =>
        ServedHistory.At("BikeDemand", "local", Moves, audit, Minute(minute));

    private static DateTimeOffset Minute(int minute) => Start.AddMinutes(minute);

    private static AliasMove Move(int? from, int? to, int minute, AliasMoveKind kind = AliasMoveKind.Promote) =>
        new("champion", from, to, kind, Minute(minute), $"actor {minute}", $"reason {minute}");

    private static AuditEntry Entry(int minute, string action) =>
        new(1, Minute(minute), $"actor {minute}", action, "BikeDemand/local", "because", [], Digest.Of(""));
}
