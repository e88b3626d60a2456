using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Sources;

namespace MlOpsBuild.Data.Views.Tests;

public sealed class FeatureViewTests
{
    private static readonly DataSource Source = DataSource.Files("weather-*.csv");

    [Fact]
    public void A_record_says_what_its_keys_times_and_values_are()
    {
        var view = FeatureView.Of<StationWeather>("weather", Source).FreshFor(TimeSpan.FromHours(3)).Specification;

        (view.Name, view.Time, view.Known, view.MaxAge).ShouldBe(("weather", "At", "Told", TimeSpan.FromHours(3)));
        view.Entities.ShouldBe(["Station"]);
        view.Contract.Columns.Select(column => column.Name)
            .ShouldBe(["Station", "At", "Told", "Temperature", "Sky", "Gusts"]);
        view.Contract.Columns.ShouldAllBe(column => column.Timestamp == null);
    }

    [Fact]
    public void Values_may_be_of_any_age_and_known_when_they_are_true_unless_it_is_said()
    {
        var view = FeatureView.Of<Plain>("plain", Source).Specification;

        view.MaxAge.ShouldBeNull();
        view.Known.ShouldBeNull();
    }

    [Theory]
    [InlineData("Weather")]
    [InlineData("we ather")]
    [InlineData("../weather")]
    [InlineData("")]
    public void A_name_is_good_for_files_and_keys(string name) =>
        Codes(() => FeatureView.Of<Plain>(name, Source)).ShouldBe(["MLB1074"]);

    [Fact]
    public void All_that_is_missing_is_told_at_once() =>
        Codes(() => FeatureView.Of<Nothing>("nothing", Source)).ShouldBe(["MLB1075", "MLB1076"]);

    [Fact]
    public void Keys_are_texts_whole_numbers_flags_or_dates() =>
        Codes(() => FeatureView.Of<RealKey>("real", Source)).ShouldBe(["MLB1077"]);

    [Fact]
    public void When_values_are_known_is_one_time() =>
        Codes(() => FeatureView.Of<KnownTwice>("twice", Source)).ShouldBe(["MLB1078"]);

    [Fact]
    public void Keys_and_times_are_never_missing() =>
        Codes(() => FeatureView.Of<MissingKey>("missing", Source)).ShouldBe(["MLB1079", "MLB1079"]);

    [Fact]
    public void It_has_no_label() => Codes(() => FeatureView.Of<Labelled>("labelled", Source)).ShouldBe(["MLB1080"]);

    [Fact]
    public void An_age_is_above_zero() =>
        Codes(() => FeatureView.Of<Plain>("plain", Source).FreshFor(TimeSpan.Zero)).ShouldBe(["MLB1073"]);

    private static IEnumerable<string> Codes(Func<object> define) =>
        Should.Throw<UsageException>(define).Findings.Select(finding => finding.Code);

    private sealed record Plain([property: Entity] int Shop, [property: Timestamp] DateOnly Day, double Sales);

    private sealed record Nothing(int Shop, double Sales);

    private sealed record RealKey([property: Entity] double Shop, [property: Timestamp] DateOnly Day);

    private sealed record KnownTwice(
        [property: Entity] int Shop, [property: Timestamp] DateOnly Day, [property: Known] DateOnly Told, [property: Known] DateOnly Again);

    private sealed record MissingKey([property: Entity] int? Shop, [property: Timestamp] DateOnly Day, [property: Known] DateOnly? Told);

    private sealed record Labelled([property: Entity] int Shop, [property: Timestamp] DateOnly Day, [property: Label] double Sales);
}
