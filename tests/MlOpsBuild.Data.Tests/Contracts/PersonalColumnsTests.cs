using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Contracts.Tests;

public sealed class PersonalColumnsTests
{
    [Fact]
    public void Columns_that_are_marked_are_personal_and_no_others() =>
        ContractReader.Of<Patient>().Personal.ShouldBe(["Name", "Mail"]);

    [Fact]
    public void Where_none_is_marked_there_is_none() => ContractReader.Of<Weather>().Personal.ShouldBeEmpty();

    /// <summary>It follows from the columns: a contract says it once.</summary>
    [Fact]
    public void A_contract_that_was_written_and_read_knows_them_still()
    {
        var written = CanonicalJson.Serialize(ContractReader.Of<Patient>());

        System.Text.Encoding.UTF8.GetString(written).ShouldNotContain("\"personal\":");
        CanonicalJson.Deserialize<DataContract>(written).Personal.ShouldBe(["Name", "Mail"]);
    }

    private sealed record Patient(
        [property: PersonalData] string Name, [property: PersonalData] string Mail, int Age, [property: Label] double Days);

    private sealed record Weather(double Temperature, [property: Label] double Rain);
}
