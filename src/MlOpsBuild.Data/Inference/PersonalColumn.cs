namespace MlOpsBuild.Data.Inference;

/// <summary>Suspects that a column tells of persons.</summary>
internal static class PersonalColumn
{
    private static readonly string[] Names =
    [
        "email", "mail", "phone", "firstname", "lastname", "surname", "fullname", "name", "address", "street", "birthdate", "ssn", "iban",
        "ip"
    ];

    /// <summary>Whether its name says so.</summary>
    public static bool IsNamed(string name) => Names.Contains(string.Concat(name.Where(char.IsLetter)).ToLowerInvariant());
}
