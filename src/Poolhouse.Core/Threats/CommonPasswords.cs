using System.Collections.Frozen;

namespace Poolhouse.Core.Threats;

/// <summary>
/// The passwords that everybody tries first: those at the head of every published list, and the forms they take under rules for
/// passwords. Upper and lower case count alike. Far from all that were published; for those there are files.
/// </summary>
public static class CommonPasswords
{
    private static readonly FrozenSet<string> Known = Text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the password is one of them.</summary>
    public static bool Contains(string password) => Known.Contains(password);

    // Sorted.
    private const string Text =
        """
        !qaz1qaz !qaz2wsx !qaz@wsx 000000 00000000 010203 01234567 0123456789 101010 102030 111111 11111111 1111111111 112233 11223344
        1122334455 121212 123123 123123123 123321 1234 12341234 12345 123456 1234567 12345678 123456789 1234567890 12345678a 12345678aa!
        123456a 123456a! 123456aa 123456aa! 1234qwer 123654 123abc 123qwe 123qweasd 123qweasdzxc 12qwaszx 131313 147258 147258369 159357
        159753 1q2w3e 1q2w3e4r 1q2w3e4r! 1q2w3e4r5t 1q2w3e4r5t6y 1qaz!qaz 1qaz2wsx 1qaz2wsx! 1qaz2wsx3edc 1qaz@wsx 1qaz@wsx3edc 222222
        333333 444444 555555 654321 666666 696969 69696969 741852963 777777 7777777 789456 789456123 888888 88888888 987654321 9876543210
        999999 a123456 a123456! a1234567 a12345678 a1b2c3 a1b2c3d4 a1b2c3d4! aa123456 aa123456! aa12345678 aa123456789 aaaaaa aaaaaaaa
        abc123 abc123! abc1234 abc12345 abc@123 abc@1234 abcabc abcd123! abcd1234 abcd1234! abcd@123 abcd@1234 abcdef abcdef1 abcdef123
        abcdefg abcdefgh access access1 access123 adm1n adm1n123 admin admin1 admin1! admin12 admin123 admin123! admin1234 admin1234!
        admin12345 admin@1 admin@12 admin@123 admin@1234 admin@2023 admin@2024 admin@2025 admin@2026 administrator administrator1
        administrator1! amanda amanda1 america america1 america1! andrew andrew1 angel angel1 angel123 anthony anthony1 apple apple123
        april2024! arsenal arsenal1 arsenal1! asd123 asd123! asdasd asdasdasd asdf asdf123 asdf1234 asdf1234! asdf@123 asdfasdf asdfgh
        asdfghj asdfghjk asdfghjkl asdfghjkl1 asdfghjkl; asdqwe123 ashley ashley1 ashley1! asshole asshole1 autumn autumn1 autumn2024
        autumn2024! autumn2025 autumn2025! autumn2026! azerty azerty1 azerty123 azerty123! azertyuiop bailey bailey1 banana banana1
        barcelona barcelona1 baseball baseball1 baseball1! baseball123 basketball basketball1 batman batman1 batman1! batman123 bitch1
        biteme biteme1 blessed blessed1 blink182 bonjour bonjour1 business1 buster buster1 change_me changeit changeme changeme1 changeme1!
        changeme123 changeme123! charlie charlie1 charlie1! charlie123 cheese cheese1 chelsea chelsea1 chelsea1! chicago chicago1 chocolate
        chocolate1 cisco cisco123 company123 company123! computer computer1 computer1! computer123 contrasena contrasena1 contrasena123
        contraseña cookie cookie1 correcthorsebatterystaple corvette cowboys cowboys1 daniel daniel1 daniel123 default demo demo123 demo1234
        demo@123 dragon dragon1 dragon1! dragon12 dragon123 eagles eagles1 facebook facebook1 facebook123 february1 ferrari ferrari1
        football football! football1 football1! football12 football123 fortnite fortnite1 freedom freedom1 freedom1! friday1 friday123
        fuckyou fuckyou! fuckyou1 fuckyou1! ginger ginger1 google google1 google123 google@123 guest guest123 hallo123 hallo123! hannah
        hannah1 harley harley1 harrypotter haslo123 hello hello1 hello1! hello12 hello123 hello123! hello1234 hello@123 hellohello
        helloworld helloworld1 helloworld1! hi123456 hockey hockey1 hunter hunter1 hunter2 hunter2! ilove1 iloveu iloveyou iloveyou!
        iloveyou1 iloveyou1! iloveyou12 iloveyou123 iloveyou2 india123 india@123 india@1234 internet internet1 iphone january1 january1!
        jennifer jennifer1 jessica jessica1 jessica1! jesus jesus1 jesus123 jordan jordan1 jordan23 jordan23! joshua joshua1 juventus killer
        killer1 lakers lakers24 letmein letmein! letmein1 letmein1! letmein123 letmein123! linux liverpool liverpool1 liverpool1! login
        login123 london london1 london123 love love123 love1234 lovely loveme loveme1 maggie maggie1 manager manager1 manager123 manchester
        manutd march2024! master master1 master123 matthew matthew1 metallica metallica1 michael michael1 michael1! michelle michelle1
        microsoft minecraft minecraft1 minecraft1! monday1 monday1! monday123 monkey monkey1 monkey1! monkey12 monkey123 motdepasse
        motdepasse1 mustang mustang1 mypassword mypassword1 mypassword1! naruto naruto123 newpassword newpassword1 newpassword1! newyork
        newyork1 nicole nicole1 nirvana nothing nothing1 office123 office365 office@123 oracle oracle123 orange orange1 p4ssw0rd p4ssw0rd!
        p4ssword p@55w0rd p@55w0rd! p@55w0rd1 p@ssw0rd p@ssw0rd! p@ssw0rd1 p@ssw0rd1! p@ssw0rd12 p@ssw0rd12! p@ssw0rd123 p@ssw0rd123!
        p@ssw0rd1234 p@ssw0rd2020 p@ssw0rd2021 p@ssw0rd2022 p@ssw0rd2023 p@ssw0rd2024 p@ssw0rd2025 p@ssw0rd2026 p@ssword p@ssword1
        p@ssword1! p@ssword12 p@ssword123 p@ssword123! p@ssword1234 pa$$w0rd pa$$w0rd1 pa$$w0rd1! pa$$w0rd123 pa$$word pa$$word1 pa$$word1!
        pa$$word123 paris123 parola123 pass pass#123 pass1 pass12 pass123 pass123! pass1234 pass1234! pass12345 pass@123 pass@1234 pass@word
        pass@word1 pass@word123 passpass passw0rd passw0rd! passw0rd1 passw0rd1! passw0rd123 passw0rd123! password password! password#1
        password#123 password1 password1! password12 password12! password123 password123! password1234 password1234! password12345
        password123456 password@1 password@123 passwort passwort1 passwort1! passwort123 passwort123! pepper pepper1 pokemon pokemon1
        pokemon123 porsche princess princess! princess1 princess1! princess12 princess123 pussy pussy1 q1w2e3 q1w2e3r4 q1w2e3r4! q1w2e3r4t5
        q1w2e3r4t5y6 qazwsx qazwsx1 qazwsx123 qazwsxedc qazwsxedc1 qwe123 qwe123! qwe123qwe qweasd qweasd123 qweasdzxc qweasdzxc123 qweqwe
        qweqweqwe qwer qwer123 qwer1234 qwer1234! qwer@1234 qwerasdf qwert qwert1 qwert123 qwert12345 qwerty qwerty! qwerty1 qwerty1!
        qwerty12 qwerty12! qwerty123 qwerty123! qwerty1234 qwerty12345 qwerty123456 qwerty@1 qwerty@123 qwertyu qwertyui qwertyuiop
        qwertyuiop1 qwertyuiop1! qwertyuiop123 qwertz qwertz123 ranger ranger1 robert robert1 rockstar rockstar1 root root123 root@123
        samantha samantha1 samsung samsung1 samsung1! samsung123 schatz secret secret1 secret1! secret123 secret123! senha123 senha1234
        server sexy123 shadow shadow1 shadow123 soccer soccer1 soccer12 soleil sommer2024! sommer2025! sommer2026! spiderman spiderman1
        spring spring1 spring2023 spring2024 spring2024! spring2025 spring2025! spring2026 spring2026! starwars starwars1 starwars1!
        starwars123 steelers steelers1 summer summer1 summer1! summer123 summer123! summer2020 summer2021 summer2022 summer2023 summer2023!
        summer2024 summer2024! summer2025 summer2025! summer2026 summer2026! sunshine sunshine! sunshine1 sunshine1! sunshine123 superman
        superman1 superman1! superman123 system system1 system123 temp123! temp1234 temp1234! temp@123 temppassword test test1 test1! test12
        test123 test123! test1234 test1234! test12345 test@123 test@1234 testing testing1 testing1! testing123 testing123! testtest thomas
        thomas1 tigger tigger1 toor trustno1 trustno1! user user123 user1234 user@123 wachtwoord1 welc0me welc0me1 welc0me1! welc0me123
        welcome welcome1 welcome1! welcome12 welcome12! welcome123 welcome123! welcome1234 welcome2020 welcome2021 welcome2022 welcome2023
        welcome2024 welcome2024! welcome2025 welcome2025! welcome2026 welcome2026! welcome@1 welcome@12 welcome@123 welcome@1234 welkom01
        welkom01! welkom123 welkom2024! welkom2025! whatever whatever1 william william1 windows winter winter1 winter1! winter123 winter123!
        winter2022 winter2023 winter2023! winter2024 winter2024! winter2025 winter2025! winter2026 winter2026! yamaha yankees yankees1
        zaq!2wsx zaq12wsx zaq1@wsx zaq1xsw2 zxc123 zxcv zxcv1234 zxcvbn zxcvbnm zxcvbnm! zxcvbnm1 zxcvbnm123
        """;
}
