using System.Linq.Expressions;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Behaviour.Tests;

/// <summary>A request as the pipeline's own type.</summary>
public sealed class TypedRowsTests
{
    private static readonly DataContract Contract = ContractReader.Of<Every>();

    [Fact]
    public void Every_kind_of_value_becomes_what_the_property_is()
    {
        var row = Of(new()
        {
            ["At"] = "2011-01-03T14:30:00", ["Day"] = "2011-01-03", ["Flag"] = 1, ["Small"] = 7, ["Large"] = 8_000_000_000,
            ["Moment"] = "2011-07-03T14:30:00", ["Real"] = -0.5, ["Text"] = "ä\"b", ["Grade"] = "2", ["Maybe"] = 3,
        });

        row.ShouldBe(new Every(
            new(2011, 1, 3, 14, 30, 0), new(2011, 1, 3), true, 7, 8_000_000_000,
            new(2011, 7, 3, 14, 30, 0, TimeSpan.FromHours(2)), -0.5, "ä\"b", 2, 3, 0));
    }

    [Fact]
    public void What_a_request_does_not_carry_is_the_types_default()
    {
        var row = Of(new() { ["Maybe"] = null });

        (row.At, row.Day, row.Flag, row.Small, row.Text, row.Maybe).ShouldBe((default, default, false, 0, null!, null));
    }

    [Fact]
    public void Properties_beside_the_constructor_are_set_too()
    {
        var row = new TypedRows<Plain>(ContractReader.Of<Plain>()).Of(new(new() { ["X"] = 2.5, ["Name"] = "a" }, 0, 0));

        (row.X, row.Name, row.Value).ShouldBe((2.5, "a", 0));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    public void Flags_are_read_as_a_request_may_write_them(string text, bool flag) => Of(new() { ["Flag"] = text }).Flag.ShouldBe(flag);

    [Fact]
    public void What_a_condition_looks_at_and_no_request_carries_is_found_wherever_it_stands()
    {
        var typed = new TypedRows<Trip>(Trip.Contract);
        Expression<Func<Trip, bool>> known = x => x.Hour > 3 && (x.Plan == "plus" || !x.WorkingDay);
        Expression<Func<Trip, bool>> unknown = x => x.Hour > 3 && Math.Max(x.Casual, x.Id) > x.Count && x.Name!.Length > 0;

        typed.NotCarriedBy(known).ShouldBeEmpty();
        typed.NotCarriedBy(unknown).ShouldBe(["Id", "Name", "Casual", "Count"]);
    }

    [Fact]
    public void Any_numbers_come_back_as_they_were() => Prop.ForAll(
        (from whole in Gen.Choose(int.MinValue, int.MaxValue)
         from part in Gen.Choose(0, 1_000_000)
         from flag in Gen.Elements(true, false)
         select (whole, part / 1e6, flag)).ToArbitrary(),
        any =>
        {
            var (whole, real, flag) = any;
            var row = Of(new() { ["Small"] = whole, ["Real"] = real, ["Flag"] = flag ? 1 : 0 });
            (row.Small, row.Real, row.Flag).ShouldBe((whole, real, flag));
        }).QuickCheckThrowOnFailure();

    private static Every Of(JsonObject features) => new TypedRows<Every>(Contract).Of(new LabelledRow(features, 0, 0));

    private sealed record Every(
        DateTime At,
        [property: Timestamp] DateOnly Day,
        bool Flag,
        int Small,
        long Large,
        [property: Zone("Europe/Berlin")] DateTimeOffset Moment,
        double Real,
        string Text,
        [property: Categories("1", "2")] int Grade,
        int? Maybe,
        [property: Label] double Value);

    private sealed record Plain
    {
        public double X { get; init; }

        public string? Name { get; init; }

        [Label]
        public double Value { get; init; }
    }
}
