using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

public sealed class TableReaderPersonalDataTests
{
    [Theory]
    [InlineData("secret-age,Ann,1\n")]
    [InlineData("30,Ann,1\n31,Ann,1\n")]
    public void Personal_data_is_masked_in_findings(string rows)
    {
        var finding = Reading.Broken<Person>("Age,Name,Value\n" + rows).ShouldHaveSingleItem();

        finding.Value.ShouldBe("***");
        finding.ToString().ShouldNotContain("Ann");
        finding.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public void Personal_data_is_masked_in_records_that_are_broken()
    {
        var finding = Reading.Unreadable<Person>("Age,Name,Value\n30,Ann,1,\n").ShouldHaveSingleItem();

        finding.ToString().ShouldNotContain("Ann");
        finding.Where.ShouldBe("1.csv, line 2");
    }

    [Fact]
    public void Other_columns_are_shown()
    {
        Reading.Broken<Person>("Age,Name,Value\n30,Ann,x\n").ShouldHaveSingleItem().Value.ShouldBe("x");
    }

    private sealed record Person(
        [property: PersonalData] int Age,
        [property: PersonalData, Unique] string Name,
        [property: Label] double Value);
}
