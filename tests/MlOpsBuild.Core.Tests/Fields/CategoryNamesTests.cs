namespace MlOpsBuild.Core.Fields.Tests;

public sealed class CategoryNamesTests
{
    [Theory]
    [InlineData(FieldKind.Category, true)]
    [InlineData(FieldKind.Text, false)]
    [InlineData(FieldKind.Whole, false)]
    public void Only_a_category_is_kept_by_its_place(FieldKind kind, bool named) =>
        (CategoryNames.Of(new("season", kind, Categories: ["spring", "summer"])) != null).ShouldBe(named);

    [Theory]
    [InlineData(0, "spring")]
    [InlineData(1, "summer")]
    [InlineData(2, "2")]
    [InlineData(-1, "-1")]
    public void A_place_without_a_name_stays_a_number(double value, string text) =>
        CategoryNames.Text(["spring", "summer"], value).ShouldBe(text);

    [Fact]
    public void Numbers_are_written_with_a_point() => CategoryNames.Text(null, 0.25).ShouldBe("0.25");
}
