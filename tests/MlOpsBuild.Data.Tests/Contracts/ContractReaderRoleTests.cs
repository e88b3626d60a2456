using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Contracts.Tests;

/// <summary>Roles that a column's type cannot play are refused before any file is read.</summary>
public sealed class ContractReaderRoleTests
{
    [Fact]
    public void A_time_that_may_be_missing_is_refused() => Refuses<NullableTime>();

    [Fact]
    public void A_day_that_is_no_date_is_refused() => Refuses<DayOfNumbers>();

    [Fact]
    public void An_hour_that_is_no_number_is_refused() => Refuses<HourOfText>();

    [Fact]
    public void A_label_may_be_a_free_text_with_which_answers_are_compared() =>
        ContractReader.Of<TextLabel>().Label.Rule.Kind.ShouldBe(Core.Fields.FieldKind.Text);

    private static void Refuses<TRow>() => Should.Throw<UsageException>(() => ContractReader.Of<TRow>());

    private sealed record NullableTime([property: Timestamp] DateOnly? Day, [property: Label] double Value);

    private sealed record DayOfNumbers([property: Timestamp] int Day, [property: Label] double Value);

    private sealed record HourOfText(
        [property: Timestamp] DateOnly Day, [property: Timestamp(TimestampPart.Hour)] string Hour, [property: Label] double Value);

    private sealed record TextLabel(double Value, [property: Label] string Name);
}
