using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Data.Views;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Training;

namespace MlOpsBuild.Modeling.Pipelines.Tests;

public sealed class PipelineViewTests
{
    private static readonly FeatureView<Weather> View =
        FeatureView.Of<Weather>("weather", DataSource.Files("weather-*.csv")).FreshFor(TimeSpan.FromHours(3));

    [Fact]
    public void A_pipeline_says_what_it_takes_of_a_view_by_which_key()
    {
        var specification = Specify(pipeline => pipeline.View(View, on: x => x.Station, v => v.Take(w => w.Degrees, x => x.Degrees)));

        specification.Views.ShouldHaveSingleItem().View.ShouldBe(View.Specification);
        var taken = specification.Contract.Views.ShouldNotBeNull().ShouldHaveSingleItem();
        (taken.Name, taken.MaxAge, taken.Store).ShouldBe(("weather", TimeSpan.FromHours(3), OnlineStore.Files));
        taken.Keys.Select(key => key.Name).ShouldBe(["station"]);
        taken.Columns.ShouldBe([new("Degrees", "degrees")]);
    }

    [Fact]
    public void Several_keys_come_in_the_order_of_the_view()
    {
        var shop = FeatureView.Of<Stock>("stock", DataSource.Files("stock.csv"));
        var specification = Specify(pipeline => pipeline.View(
            shop, on: x => new { x.Station, x.Slot }, v => v.Take(w => w.Left, x => x.Left)));

        specification.Contract.Views!.Single().Keys.Select(key => key.Name).ShouldBe(["station", "Slot"]);
        Codes(pipeline => pipeline.View(shop, on: x => new { x.Slot, x.Station }, v => v.Take(w => w.Left, x => x.Left)))
            .ShouldBe(["MLB2080"]);
    }

    [Fact]
    public void Where_values_are_kept_is_said_by_the_name_of_a_variable()
    {
        Specify(pipeline => pipeline
                .View(View, on: x => x.Station, v => v.Take(w => w.Degrees, x => x.Degrees))
                .Online(OnlineStore.Redis("FEATURES")))
            .Contract.Views!.Single().Store.ShouldBe(new(OnlineStoreKind.Redis, "FEATURES"));
        Codes(pipeline => pipeline.Online(OnlineStore.Redis(""))).ShouldBe(["MLB2089"]);
    }

    [Fact]
    public void A_contract_without_views_is_what_it_was() =>
        System.Text.Encoding.UTF8.GetString(CanonicalJson.Serialize(Specify(pipeline => pipeline).Contract)).ShouldNotContain("views");

    [Fact]
    public void A_whole_number_is_a_number_and_a_text_may_be_one_of_some() =>
        Specify(pipeline => pipeline.View(View, on: x => x.Station, v => v
            .Take(w => w.Gusts, x => x.Degrees).Take(w => w.Sky, x => x.Sky))).Views.Count.ShouldBe(1);

    [Fact]
    public void The_label_is_never_written() =>
        Codes(Take(v => v.Take(w => w.Degrees, x => x.Rides))).ShouldBe(["MLB2083", "MLB2084"], ignoreOrder: true);

    [Fact]
    public void The_rows_time_is_never_written() => Codes(Take(v => v.Take(w => w.At, x => x.At))).ShouldContain("MLB2084");

    [Fact]
    public void A_key_is_never_written() => Codes(Take(v => v.Take(w => w.Sky, x => x.Station))).ShouldContain("MLB2084");

    [Fact]
    public void A_target_may_be_missing() => Codes(Take(v => v.Take(w => w.Degrees, x => x.Needed))).ShouldBe(["MLB2083"]);

    [Fact]
    public void A_property_is_written_once() =>
        Codes(Take(v => v.Take(w => w.Degrees, x => x.Degrees).Take(w => w.Gusts, x => x.Degrees))).ShouldBe(["MLB2085"]);

    [Fact]
    public void Types_go_together() => Codes(Take(v => v.Take(w => w.Sky, x => x.Degrees))).ShouldBe(["MLB2086"]);

    [Fact]
    public void Personal_data_stays_personal() => Codes(Take(v => v.Take(w => w.Keeper, x => x.Sky))).ShouldBe(["MLB2087"]);

    [Fact]
    public void Something_is_taken() => Codes(Take(v => { })).ShouldBe(["MLB2088"]);

    [Fact]
    public void Only_properties_are_taken() =>
        Codes(Take(v => v.Take(w => w.Degrees * 2, x => x.Degrees))).ShouldBe(["MLB2082", "MLB2088"]);

    [Fact]
    public void Keys_have_one_type_and_are_known_when_predicting()
    {
        Codes(pipeline => pipeline.View(View, on: x => x.Slot, v => v.Take(w => w.Degrees, x => x.Degrees))).ShouldBe(["MLB2080"]);
        Codes(pipeline => pipeline.View(View, on: x => x.Ticket, v => v.Take(w => w.Degrees, x => x.Degrees))).ShouldBe(["MLB2081"]);
    }

    [Fact]
    public void A_view_is_joined_once() => Codes(pipeline => pipeline
        .View(View, on: x => x.Station, v => v.Take(w => w.Degrees, x => x.Degrees))
        .View(View, on: x => x.Station, v => v.Take(w => w.Sky, x => x.Sky))).ShouldBe(["MLB2077"]);

    [Fact]
    public void Either_both_clocks_have_a_zone_or_none()
    {
        var zoned = FeatureView.Of<Zoned>("zoned", DataSource.Files("zoned.csv"));

        Codes(pipeline => pipeline.View(zoned, on: x => x.Station, v => v.Take(w => w.Degrees, x => x.Degrees))).ShouldBe(["MLB2079"]);
    }

    [Fact]
    public void Rows_have_times()
    {
        var problem = Should.Throw<UsageException>(() => new Timeless().Specify(new Dictionary<string, string>()));

        problem.Findings.Select(finding => finding.Code).ShouldBe(["MLB2078"]);
    }

    private static Func<PipelineDefinition<Ride>, PipelineDefinition<Ride>> Take(Action<ViewBuilder<Ride, Weather>> take) =>
        pipeline => pipeline.View(View, on: x => x.Station, take);

    private static IEnumerable<string> Codes(Func<PipelineDefinition<Ride>, PipelineDefinition<Ride>> define) =>
        Should.Throw<UsageException>(() => Specify(define)).Findings.Select(finding => finding.Code);

    private static PipelineSpec Specify(Func<PipelineDefinition<Ride>, PipelineDefinition<Ride>> define) =>
        new Rides(define).Specify(new Dictionary<string, string>());

    private sealed class Rides(Func<PipelineDefinition<Ride>, PipelineDefinition<Ride>> define) : ModelPipeline<Ride>
    {
        public override string Name => "Rides";

        protected override void Define(PipelineDefinition<Ride> pipeline) => define(pipeline
            .Data(DataSource.Files("rides.csv"))
            .HoldOut(TimeSpan.FromDays(14))
            .Predict(x => x.Rides, LearningTask.Regression)
            .Features(f => f.Number(x => x.Degrees))
            .Train(Trainers.FastTree())
            .Gate(Metrics.Rmse, g => g.AtMost(3)));
    }

    private sealed class Timeless : ModelPipeline<Count>
    {
        public override string Name => "Timeless";

        protected override void Define(PipelineDefinition<Count> pipeline) => pipeline
            .Data(DataSource.Files("rides.csv"))
            .HoldOut(0.2)
            .View(View, on: x => x.Station, v => v.Take(w => w.Degrees, x => x.Degrees))
            .Predict(x => x.Rides, LearningTask.Regression)
            .Features(f => f.Number(x => x.Degrees))
            .Train(Trainers.FastTree())
            .Gate(Metrics.Rmse, g => g.AtMost(3));
    }

    private sealed record Weather(
        [property: Entity] string Station, [property: Timestamp] DateTime At, double Degrees, int Gusts, string Sky,
        [property: PersonalData] string Keeper);

    private sealed record Zoned([property: Entity] string Station, [property: Timestamp] DateTimeOffset At, double Degrees);

    private sealed record Stock(
        [property: Entity] string Station, [property: Entity] int Slot, [property: Timestamp] DateOnly Day, int Left);

    private sealed record Count(string Station, double? Degrees, [property: Label] double Rides);

    private sealed record Ride(
        [property: Timestamp] DateTime At,
        [property: Column("station")] string Station,
        int Slot,
        [property: Identifier] string Ticket,
        [property: Column("degrees")] double? Degrees,
        [property: Categories("dry", "rain")] string? Sky,
        double Needed,
        int? Left,
        [property: Label] double Rides);
}
