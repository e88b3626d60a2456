using System.Text;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Scoring.Rows.Tests;

public sealed class RequestContractTests
{
    private static RequestContract Contract { get; } = RequestContract.Of(
        [new("temp", FieldKind.Real, 0, 1)],
        [new("temp", FieldKind.Real, 0, 9), new("season", FieldKind.Category, Categories: ["1", "2"])]);

    [Theory]
    [InlineData("""{"temp": 0.5}""", true)]
    [InlineData("""{"temp": 0.5, "season": 2}""", true)]
    [InlineData("""{"season": 2}""", false)]
    [InlineData("""{"temp": 5}""", false)]
    [InlineData("""{"temp": 0.5, "season": 3}""", false)]
    [InlineData("""{"temp": 0.5, "hum": 3}""", false)]
    [InlineData("""{"temp": 0.5, "temp": 0.5}""", false)]
    [InlineData("""{"temp": "\ud800"}""", false)]
    [InlineData("[]", false)]
    [InlineData("", false)]
    public void A_request_keeps_it_when_every_column_is_known_and_accepted_and_none_that_is_needed_is_missing(string body, bool kept) =>
        Contract.IsKeptBy(Encoding.UTF8.GetBytes(body)).ShouldBe(kept);
    [Theory]
    [InlineData("""{"y": 1}""", true)]
    [InlineData("""{"y": 1, "x": null}""", true)]
    [InlineData("""{"x": 1, "y": null}""", false)]
    public void What_may_be_missing_is_not_needed(string body, bool kept) =>
        RequestContract.Of([new("x", FieldKind.Real, Optional: true), new("y", FieldKind.Real)], [])
            .IsKeptBy(System.Text.Encoding.UTF8.GetBytes(body))
            .ShouldBe(kept);

}
